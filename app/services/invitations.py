"""Invitations: a one-time code carries the organisation's key to a new member, and nobody else can open it.

The first invitation of an organisation carries no key: whoever uses it sets the organisation up, and once
that is done it is worth nothing. A used, cancelled or ended invitation keeps no key: its code may lie in an
old letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select, update

from app.crypto import aead, codes
from app.domain.errors import NotAllowed, NotFound
from app.domain.membership import check_roles
from app.models import Invitation, Organisation
from app.models.types import new_id
from app.services import audit
from app.services.context import Context
from app.services.costs import argon2_cost, code_peppers

DAYS = 14


@dataclass(frozen=True)
class OpenInvitation:
    """What an invitation's code opens."""

    id: str
    organisation_id: str
    organisation_name: str
    name: str
    email: str
    roles: tuple[str, ...]
    private_key: bytes | None  # None: the organisation is still to be set up


def invite(ctx: Context, name: str, email: str, roles: Sequence[str]) -> str:
    """Invite a person into the manager's own organisation and return the code to hand over."""
    organisation_id, _member = ctx.actor.require_member()
    if "manager" not in ctx.actor.roles:
        raise NotAllowed("invite")
    return add_invitation(ctx, organisation_id, (name, email, roles), ctx.vault.private_key)


def add_invitation(
    ctx: Context,
    organisation_id: str,
    person: tuple[str, str, Sequence[str]],
    private_key: bytes | None,
) -> str:
    """Add an invitation for (name, e-mail, roles) and return its 28-digit code.

    Raises InvalidInput (`roles_do_not_fit`) for a role that this kind of organisation does not have.
    """
    name, email, roles = person
    check_roles(ctx.session.get_one(Organisation, organisation_id).kind, roles)
    code = codes.new_code()
    keys = codes.derive(
        code, ctx.portal.secrets.code_salt, code_peppers(ctx.portal)[0], argon2_cost(ctx.portal)
    )
    row = Invitation(id=new_id(), lookup=keys.lookup, organisation_id=organisation_id)
    row.name, row.email, row.roles = name, email.strip().lower(), list(roles)
    row.expires_on, row.used_on = ctx.today + timedelta(days=DAYS), None
    row.sealed_organisation_key = (
        None if private_key is None else aead.seal(keys.wrapping_key, private_key, _place(row.id))
    )
    ctx.session.add(row)
    chain = audit.organisation_chain(organisation_id)
    audit.record(ctx, chain, "organisation:member:invited", row.id, roles=list(roles))
    return code


def open_invitation(ctx: Context, typed: str) -> OpenInvitation:
    """What a living invitation's code opens; raises CodeTypo, or NotFound for wrong, used and ended ones."""
    candidates = codes.derive_candidates(
        typed, ctx.portal.secrets.code_salt, code_peppers(ctx.portal), argon2_cost(ctx.portal)
    )
    query = (
        select(Invitation, Organisation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.lookup.in_([keys.lookup for keys in candidates]))
        .where(Invitation.used_on.is_(None), Invitation.expires_on >= ctx.today)
        .where(or_(Invitation.sealed_organisation_key.is_not(None), Organisation.public_key.is_(None)))
    )
    found = ctx.session.execute(query).first()
    if found is None:
        raise NotFound("invitation")
    row, organisation = found
    return OpenInvitation(
        row.id,
        organisation.id,
        organisation.name,
        row.name,
        row.email,
        tuple(row.roles),
        _carried_key(row, candidates[0].wrapping_key),
    )


def use_up(ctx: Context, invitation_id: str) -> None:
    """Mark an invitation as used and forget its key; raises NotFound if somebody used it meanwhile."""
    query = update(Invitation).where(Invitation.id == invitation_id, Invitation.used_on.is_(None))
    query = query.values(used_on=ctx.today, sealed_organisation_key=None)
    if ctx.session.scalar(query.returning(Invitation.id)) is None:
        raise NotFound("invitation")


def forget_ended(ctx: Context) -> None:
    """Forget the keys of invitations whose time is over."""
    held = Invitation.sealed_organisation_key.is_not(None)
    ended = update(Invitation).where(Invitation.expires_on < ctx.today, held)
    ctx.session.execute(ended.values(sealed_organisation_key=None))


def _carried_key(row: Invitation, wrapping_key: bytes) -> bytes | None:
    if row.sealed_organisation_key is None:
        return None
    return aead.open_sealed(wrapping_key, row.sealed_organisation_key, _place(row.id))


def _place(invitation_id: str) -> aead.Place:
    return aead.Place("invitation", "sealed_organisation_key", invitation_id, "")
