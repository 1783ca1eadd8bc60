"""Reporters: a code and nothing else. It finds the row and opens the key pair that reads the case.

Rules:
1. The code is shown once and never stored; a key made of it seals the private key.
2. A typing error is told before any work; every other failure is the same error after the same work.
"""

from dataclasses import dataclass, field

from sqlalchemy import select

from app.crypto import aead, boxes, codes
from app.crypto.errors import CannotOpen, CodeTypo
from app.domain.errors import InvalidInput, NotFound
from app.models import Case, Reporter
from app.models.types import new_id
from app.services import sessions, steps
from app.services.context import Context, Vault
from app.services.costs import argon2_cost, code_peppers
from app.services.vault import Reader


@dataclass(frozen=True)
class NewReporter:
    """A row still to be added (after its case), the code to show once, the reader for grants, the keys."""

    row: Reporter
    code: str = field(repr=False)
    reader: Reader
    vault: Vault


@dataclass(frozen=True)
class NewCode:
    """A code with its keys, bound to no case yet."""

    code: str = field(repr=False)
    keys: codes.CodeKeys
    pair: boxes.KeyPair


def new_code(ctx: Context) -> NewCode:
    """A new code. The costly half: done before the first statement, it keeps no lock waiting."""
    code, portal = codes.new_code(), ctx.portal
    keys = codes.derive(code, portal.secrets.code_salt, code_peppers(portal)[0], argon2_cost(portal))
    return NewCode(code, keys, boxes.new_key_pair())


def new_reporter(ctx: Context, case_id: str, made: NewCode | None = None) -> NewReporter:
    """The holder of a new code; the caller adds `row` once the case is there (rule 1)."""
    made = made or new_code(ctx)
    row = Reporter(id=new_id(), case_id=case_id, lookup=made.keys.lookup, public_key=made.pair.public)
    row.sealed_private_key = aead.seal(made.keys.wrapping_key, made.pair.private, _place(row.id, case_id))
    reader = Reader("reporter", row.id, made.pair.public, purpose="own_case")
    return NewReporter(row, made.code, reader, Vault(row.id, made.pair.private))


def enter(ctx: Context, typed: str) -> str:
    """The token of a session in the case that a code opens (rule 2).

    Raises InvalidInput (`code_` and what is wrong with the digits), or NotFound.
    """
    candidates = _candidates(ctx, typed)
    query = select(Reporter).where(Reporter.lookup.in_([keys.lookup for keys in candidates]))
    row = ctx.session.scalars(query).first() or _nobody()
    try:
        private = aead.open_sealed(
            candidates[0].wrapping_key, row.sealed_private_key, _place(row.id, row.case_id)
        )
    except CannotOpen:
        raise NotFound("code") from None
    content = {"reporter_id": row.id, "case_id": row.case_id, "private_key": private.hex()}
    return sessions.open_session(ctx, "reporter", content)


def _candidates(ctx: Context, typed: str) -> tuple[codes.CodeKeys, ...]:
    portal = ctx.portal
    try:
        return codes.derive_candidates(
            typed, portal.secrets.code_salt, code_peppers(portal), argon2_cost(portal)
        )
    except CodeTypo as typo:
        raise InvalidInput(f"code_{typo.code}") from None


def own_case(ctx: Context, case_id: str) -> Case:
    """The row of the case that the actor's code opens, locked; any other case is NotFound."""
    if ctx.actor.case_id != case_id:
        raise NotFound("case")
    return steps.get_case(ctx, case_id)


def _nobody() -> Reporter:
    """A row that no code opens, so that an unknown code costs what a known one does."""
    return Reporter(id="", case_id="", sealed_private_key=_NO_KEY)


def _place(reporter_id: str, case_id: str) -> aead.Place:
    return aead.Place("reporter", "sealed_private_key", reporter_id, case_id)


_NO_KEY = aead.seal(aead.new_key(), bytes(boxes.PRIVATE_BYTES), _place("", ""))
