"""A member's own account."""

from dataclasses import dataclass
from datetime import date

from app.domain.errors import InvalidInput
from app.services import audit, members, organisations, sessions
from app.services.context import Context


@dataclass(frozen=True)
class OwnAccount:
    """What somebody sees of their own account."""

    name: str
    email: str
    organisation: str
    organisation_kind: str
    roles: tuple[str, ...]
    language: str
    undertaking_on: date | None


def own_account(ctx: Context) -> OwnAccount:
    """The signed-in member's own account."""
    row = members.get_member(ctx, ctx.actor.require_member()[1])
    home = organisations.get_organisation(ctx, row.organisation_id)
    return OwnAccount(
        row.name, row.email, home.name, home.kind, tuple(row.roles), row.language, row.undertaking_on
    )


def set_language(ctx: Context, language: str) -> None:
    """Keep the language that the member wishes to be written to in."""
    if language not in ctx.portal.settings.languages:
        raise InvalidInput("language")
    members.get_member(ctx, ctx.actor.require_member()[1]).language = language


def accept_undertaking(ctx: Context) -> None:
    """Promise, in the member's own name, that nobody is punished for a report; once given it stays."""
    organisation_id, member_id = ctx.actor.require_member()
    row = members.get_member(ctx, member_id)
    if row.undertaking_on is None:
        row.undertaking_on = ctx.today
        audit.record(ctx, audit.organisation_chain(organisation_id), "organisation:undertaking:given", row.id)


def sign_out_everywhere(ctx: Context) -> None:
    """End every session of the signed-in member."""
    organisation_id, member_id = ctx.actor.require_member()
    sessions.end_sessions_of(ctx, member_id)
    audit.record(
        ctx, audit.organisation_chain(organisation_id), "organisation:sign-out:everywhere", member_id
    )
