"""Signing in with password and time-based code: one answer for every failure, the same work each time."""

import os

from sqlalchemy import select, update

from app.crypto import aead, boxes, kdf, site
from app.crypto.compare import same_secret
from app.models import Member
from app.services import audit, sessions, throttle
from app.services.context import Actor, ActorKind, Context
from app.services.costs import argon2_cost
from app.services.members import organisation_info, place, totp_step

_NO_SALT = b"\0" * kdf.SALT_BYTES


def sign_in(ctx: Context, email: str, password: str, totp_code: str) -> str | None:
    """The token of a new session; None for anything wrong (commit it: the failure is counted).

    Raises TooManyAttempts while this account is slowed.
    """
    email = email.strip().lower()
    slowed = throttle.key_for(ctx, "sign-in", email)
    throttle.require_free(ctx, slowed)
    member = ctx.session.scalars(select(Member).where(Member.email == email)).first()
    stretched = kdf.stretch_password(
        password, member.password_salt if member else _NO_SALT, argon2_cost(ctx.portal)
    )
    verifier = member.verifier if member else os.urandom(len(stretched.verifier))
    right = same_secret(stretched.verifier, verifier) and member is not None and member.status == "active"
    if not right or member is None or not _use_totp(ctx, member, totp_code):
        throttle.count_failure(ctx, slowed)
        if member is not None:
            chain = audit.organisation_chain(member.organisation_id)
            audit.record(ctx, chain, "organisation:sign-in:failed", member.id)
        return None
    throttle.clear(ctx, slowed)
    return _open_session(ctx, member, stretched.wrapping_key)


def sign_out(ctx: Context, token: str) -> None:
    """End a member's session."""
    organisation_id, member_id = ctx.actor.require_member()
    sessions.end_session(ctx, token)
    audit.record(ctx, audit.organisation_chain(organisation_id), "organisation:sign-out:done", member_id)


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
