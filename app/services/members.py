"""Members: a password opens the member's key, and that opens the organisation's; the server keeps neither."""

import os
from dataclasses import dataclass, field

import pyotp
import zxcvbn
from sqlalchemy import select

from app.crypto import aead, boxes, kdf, site
from app.crypto.compare import same_secret
from app.domain.errors import InvalidInput, NotFound
from app.models import Member
from app.models.types import new_id
from app.services import audit, invitations, organisations, sessions, throttle
from app.services.context import Context
from app.services.costs import argon2_cost

LONGEST_PASSWORD = 72  # zxcvbn refuses to judge longer ones
LEAST_STRENGTH = 3  # of 4: safe against a thief of the database


@dataclass(frozen=True)
class Choice:
    """What a person chooses when joining; printing it shows no secret."""

    password: str = field(repr=False)
    totp_seed: str = field(repr=False)
    totp_code: str = field(repr=False)
    language: str


@dataclass(frozen=True)
class Joined:
    """The new member, and the recovery kit if this set the organisation up."""

    member_id: str
    kit: str | None = field(default=None, repr=False)


def join(ctx: Context, typed_code: str, choice: Choice) -> Joined:
    """Accept an invitation; raises NotFound, CodeTypo, or InvalidInput (`weak_password`, `totp_code`)."""
    invitation = invitations.open_invitation(ctx, typed_code)
    check_strength(choice.password, invitation.name, invitation.email)
    step = totp_step(choice.totp_seed, choice.totp_code, ctx.now.timestamp(), last_step=0)
    if step is None:
        raise InvalidInput("totp_code")
    invitations.use_up(ctx, invitation.id)
    kit, private_key = None, invitation.private_key
    if private_key is None:
        founding = organisations.found(ctx, invitation.organisation_id)
        kit, private_key = founding.kit, founding.private_key
    row = _row_for(ctx, invitation)
    row.language, row.totp_last_step = choice.language, step
    row.sealed_totp_seed = site.seal_for_site(
        ctx.portal.secrets, choice.totp_seed.encode(), place(row.id, "sealed_totp_seed")
    )
    _set_keys(ctx, row, choice.password, private_key)
    ctx.session.add(row)
    ctx.session.flush()
    sessions.end_sessions_of(ctx, row.id)  # whoever is invited again keeps nothing from before
    chain = audit.organisation_chain(row.organisation_id)
    audit.record(ctx, chain, "organisation:member:joined", row.id, roles=row.roles)
    return Joined(row.id, kit)


def change_password(ctx: Context, member_id: str, old: str, new: str) -> bool:
    """Seal the member's key under a new password; False if the old one is wrong (commit it: it is counted).

    Raises InvalidInput (`weak_password`, `long_password`), TooManyAttempts after several wrong ones.
    """
    slowed = throttle.key_for(ctx, "change-password", member_id)
    throttle.take_turn(ctx, slowed)
    row = get_member(ctx, member_id)
    stretched = kdf.stretch_password(old, row.password_salt, argon2_cost(ctx.portal))
    if not same_secret(stretched.verifier, row.verifier):
        throttle.count_failure(ctx, slowed)
        return False
    throttle.clear(ctx, slowed)
    check_strength(new, row.name, row.email)
    _set_keys(ctx, row, new, ctx.vault.private_key)
    sessions.end_sessions_of(ctx, row.id)
    audit.record(ctx, audit.organisation_chain(row.organisation_id), "organisation:password:changed", row.id)
    return True


def get_member(ctx: Context, member_id: str) -> Member:
    """The member's row; raises NotFound."""
    row = ctx.session.get(Member, member_id)
    if row is None:
        raise NotFound("member")
    return row


def check_strength(password: str, *known: str) -> None:
    """Raise InvalidInput (`weak_password`, `long_password`) unless it resists a thief of the database."""
    if len(password) > LONGEST_PASSWORD:
        raise InvalidInput("long_password")
    if not password or zxcvbn.zxcvbn(password, user_inputs=list(known))["score"] < LEAST_STRENGTH:
        raise InvalidInput("weak_password")


def totp_step(seed: str, code: str, now: float, last_step: int) -> int | None:
    """The 30-second step that a code belongs to, one either side allowed; None if wrong or used before."""
    totp, current = pyotp.TOTP(seed), int(now // 30)
    for step in (current, current - 1, current + 1):
        if step > last_step and same_secret(totp.at(step * 30).encode(), code.encode()):
            return step
    return None


def place(member_id: str, column: str) -> aead.Place:
    """Where a member's sealed column lies."""
    return aead.Place("member", column, member_id, "")


def organisation_info(member_id: str) -> bytes:
    """What binds an organisation's key, sealed to a member, to that member."""
    return b"organisation key for member " + member_id.encode()


def _row_for(ctx: Context, invitation: invitations.OpenInvitation) -> Member:
    """A member invited again gets new keys under the old id, so that what they did stays theirs."""
    query = select(Member).where(Member.email == invitation.email)
    row = ctx.session.scalars(query).first() or Member(id=new_id(), email=invitation.email)
    if row.organisation_id not in (None, invitation.organisation_id):
        raise InvalidInput("member_elsewhere")
    row.organisation_id, row.name = invitation.organisation_id, invitation.name
    row.roles, row.status = list(invitation.roles), "active"
    row.joined_on = row.joined_on or ctx.today
    return row


def _set_keys(ctx: Context, row: Member, password: str, organisation_private: bytes) -> None:
    pair, salt = boxes.new_key_pair(), os.urandom(kdf.SALT_BYTES)
    stretched = kdf.stretch_password(password, salt, argon2_cost(ctx.portal))
    row.password_salt, row.verifier, row.public_key = salt, stretched.verifier, pair.public
    row.sealed_private_key = aead.seal(
        stretched.wrapping_key, pair.private, place(row.id, "sealed_private_key")
    )
    row.sealed_organisation_key = boxes.seal_to(pair.public, organisation_private, organisation_info(row.id))
