"""An organisation's members and invitations, as its managers handle them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.errors import NotAllowed, NotFound
from app.domain.permissions import Permission, require
from app.models import Invitation, Member
from app.services import audit, invitations, sessions
from app.services.context import Context


@dataclass(frozen=True)
class MemberLine:
    """A member as the managers of the same organisation see them."""

    id: str
    name: str
    email: str
    roles: tuple[str, ...]
    active: bool
    joined_on: date
    undertaking_on: date | None


@dataclass(frozen=True)
class InvitationLine:
    """An invitation that was not used yet."""

    id: str
    name: str
    email: str
    roles: tuple[str, ...]
    expires_on: date


def members_of(ctx: Context) -> tuple[MemberLine, ...]:
    """Everybody in the manager's own organisation, by name."""
    query = select(Member).where(Member.organisation_id == _managed(ctx)).order_by(Member.name, Member.id)
    return tuple(_line(row) for row in ctx.session.scalars(query))


def get_colleague(ctx: Context, member_id: str) -> MemberLine:
    """One member of the manager's own organisation; raises NotFound."""
    return _line(_row(ctx, member_id))


def open_invitations(ctx: Context) -> tuple[InvitationLine, ...]:
    """The invitations of the manager's own organisation that can still be used, soonest to end first."""
    query = (
        select(Invitation)
        .where(Invitation.organisation_id == _managed(ctx), Invitation.used_on.is_(None))
        .where(Invitation.expires_on >= ctx.today)
        .order_by(Invitation.expires_on, Invitation.id)
    )
    return tuple(
        InvitationLine(row.id, row.name, row.email, tuple(row.roles), row.expires_on)
        for row in ctx.session.scalars(query)
    )


def invite(ctx: Context, name: str, email: str, roles: Sequence[str]) -> str:
    """Invite somebody into the manager's own organisation; raises InvalidInput (`roles_do_not_fit`)."""
    return invitations.invite(ctx, name, email, roles)


def cancel_invitation(ctx: Context, invitation_id: str) -> None:
    """Make an invitation of the manager's own organisation useless; raises NotFound."""
    row = ctx.session.get(Invitation, invitation_id)
    if row is None or row.organisation_id != _managed(ctx):
        raise NotFound("invitation")
    invitations.use_up(ctx, row.id)
    chain = audit.organisation_chain(row.organisation_id)
    audit.record(ctx, chain, "organisation:invitation:cancelled", row.id)


def disable_member(ctx: Context, member_id: str) -> None:
    """Take a colleague's keys away and sign them out; raises NotFound, NotAllowed for oneself."""
    row = _row(ctx, member_id)
    if row.id == ctx.actor.member_id:
        raise NotAllowed("disable_oneself")
    # Without these, a copy of the database and the old password open nothing that is written from now on.
    row.status, row.sealed_private_key, row.sealed_organisation_key = "disabled", b"", b""
    sessions.end_sessions_of(ctx, row.id)
    audit.record(ctx, audit.organisation_chain(row.organisation_id), "organisation:member:disabled", row.id)


def _row(ctx: Context, member_id: str) -> Member:
    row = ctx.session.get(Member, member_id)
    if row is None or row.organisation_id != _managed(ctx):
        raise NotFound("member")
    return row


def _line(row: Member) -> MemberLine:
    active = row.status == "active"
    return MemberLine(
        row.id, row.name, row.email, tuple(row.roles), active, row.joined_on, row.undertaking_on
    )


def _managed(ctx: Context) -> str:
    require(ctx.actor.roles, Permission.MEMBER_INVITE)
    return ctx.actor.require_member()[0]
