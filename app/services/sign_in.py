"""Signing in with password and time-based code.

Rules:
1. There is one answer for every failure, after the same work, whether the account exists or not.
2. The costly half comes first and holds no lock: a flood of attempts must not keep reports from being filed.
3. Whoever tries many times at once is still counted one by one, before anything is told.
4. An account that is closed or gets a new password meanwhile lets nobody in.
"""

import os
from dataclasses import dataclass, field

from sqlalchemy import select, update

from app.crypto import aead, boxes, kdf, site
from app.crypto.compare import same_secret
from app.models import Member
from app.services import audit, sessions, throttle
from app.services.context import Actor, ActorKind, Context
from app.services.costs import argon2_cost
from app.services.members import organisation_info, place, totp_step

_NO_SALT = b"\0" * kdf.SALT_BYTES


@dataclass(frozen=True)
class Attempt:
    """An account's name and what a typed password gives; printing it shows neither."""

    email: str = field(repr=False)
    stretched: kdf.Stretched = field(repr=False)


def prepare(ctx: Context, email: str, password: str) -> Attempt:
    """Do the costly half, for which reading is enough (rule 2).

    Raises TooManyAttempts while this account is slowed.
    """
    email = email.strip().lower()
    throttle.require_free(ctx, _throttle_key(ctx, email))
    member = _find(ctx, email)
    salt = member.password_salt if member else _NO_SALT
    return Attempt(email, kdf.stretch_password(password, salt, argon2_cost(ctx.portal)))


def sign_in(ctx: Context, attempt: Attempt, totp_code: str) -> str | None:
    """The token of a new session; None for anything wrong (commit it: the failure is counted).

    Raises TooManyAttempts while this account is slowed (rule 3).
    """
    slowed = _throttle_key(ctx, attempt.email)
    throttle.take_turn(ctx, slowed)
    member, stretched = _find(ctx, attempt.email), attempt.stretched
    verifier = member.verifier if member else os.urandom(len(stretched.verifier))
    right = same_secret(stretched.verifier, verifier) and member is not None and member.status == "active"
    if not right or member is None or not _use_totp(ctx, member, totp_code):
        throttle.count_failure(ctx, slowed)
        _record_failure(ctx, member)
        return None
    throttle.clear(ctx, slowed)
    return _open_session(ctx, member, stretched.wrapping_key)


def sign_out(ctx: Context, token: str) -> None:
    """End a member's session."""
    organisation_id, member_id = ctx.actor.require_member()
    sessions.end_session(ctx, token)
    audit.record(ctx, audit.organisation_chain(organisation_id), "organisation:sign-out:done", member_id)


def _throttle_key(ctx: Context, email: str) -> str:
    return throttle.key_for(ctx, "sign-in", email)


def _find(ctx: Context, email: str) -> Member | None:
    return ctx.session.scalars(select(Member).where(Member.email == email)).first()


def _record_failure(ctx: Context, member: Member | None) -> None:
    chain = audit.organisation_chain(member.organisation_id if member else "")
    with ctx.session.begin_nested() as kept:
        audit.record(ctx, chain, "organisation:sign-in:failed", member.id if member else "")
        if member is None:  # rule 1: written like any other, and taken back
            kept.rollback()


def _use_totp(ctx: Context, member: Member, code: str) -> bool:
    """Check a code and use it up: the update wins once, also between two worker processes."""
    seed = site.open_for_site(
        ctx.portal.secrets, member.sealed_totp_seed, place(member.id, "sealed_totp_seed")
    )
    digits = "".join(str(int(sign)) for sign in code if sign.isdecimal())
    step = totp_step(seed.decode(), digits, ctx.now.timestamp(), member.totp_last_step)
    if step is None:
        return False
    used = update(Member).where(Member.id == member.id, Member.totp_last_step < step)
    used = used.where(Member.status == "active", Member.verifier == member.verifier)  # rule 4
    taken = ctx.session.scalar(used.values(totp_last_step=step).returning(Member.id))
    return taken is not None


def _open_session(ctx: Context, member: Member, wrapping_key: bytes) -> str:
    own = aead.open_sealed(wrapping_key, member.sealed_private_key, place(member.id, "sealed_private_key"))
    private = boxes.open_box(own, member.sealed_organisation_key, organisation_info(member.id))
    content = {
        "member_id": member.id,
        "organisation_id": member.organisation_id,
        "roles": member.roles,
        "private_key": private.hex(),
        "symmetric_key": kdf.organisation_key(private).hex(),
    }
    actor = Actor(ActorKind.MEMBER, frozenset(member.roles), member.organisation_id, member.id)
    signed_in = Context(ctx.session, ctx.portal, actor, ctx.now)
    chain = audit.organisation_chain(member.organisation_id)
    audit.record(signed_in, chain, "organisation:sign-in:done", member.id)
    return sessions.open_session(ctx, "member", content, member.id)
