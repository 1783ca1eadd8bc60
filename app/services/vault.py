"""Compartments: who can open what, decided by keys and not by an `if`.

Rules:
1. Everything sealed in a case lies in a compartment with a random key of its own.
2. A grant is that key sealed to one reader (HPKE), its `info` binding case, compartment and reader.
3. After its first opening an organisation keeps the key wrapped under its symmetric key, for speed.
4. Each ciphertext is bound to its table, column, row and case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from app.crypto import aead, boxes, padding
from app.models import Compartment, Grant
from app.models.types import new_id
from app.services.context import Context, Vault


@dataclass(frozen=True)
class Reader:
    """Somebody to whom a compartment is granted."""

    kind: str  # "organisation" or "reporter"
    id: str
    public_key: bytes
    purpose: str = "handle_case"
    consent_id: str | None = None


@dataclass(frozen=True)
class OpenCompartment:
    """A compartment whose key this session holds."""

    id: str
    case_id: str
    kind: str
    party_id: str | None
    key: bytes = field(repr=False)


def new_compartment(
    ctx: Context,
    case_id: str,
    kind: str,
    readers: Iterable[Reader],
    party_id: str | None = None,
    key: bytes | None = None,
) -> OpenCompartment:
    """Add a compartment and grant it to its first readers (rules 1 and 2)."""
    opened = OpenCompartment(new_id(), case_id, kind, party_id, key or aead.new_key())
    ctx.session.add(Compartment(id=opened.id, case_id=case_id, kind=kind, party_id=party_id))
    for reader in readers:
        grant(ctx, opened, reader)
    return opened


def grant(ctx: Context, opened: OpenCompartment, reader: Reader) -> None:
    """Let one more reader open a compartment that this session can open."""
    info = boxes.grant_info(opened.case_id, opened.id, reader.id)
    ctx.session.add(
        Grant(
            case_id=opened.case_id,
            compartment_id=opened.id,
            reader_kind=reader.kind,
            reader_id=reader.id,
            sealed_key=boxes.seal_to(reader.public_key, opened.key, info),
            consent_id=reader.consent_id,
            purpose=reader.purpose,
        )
    )


def open_case(ctx: Context, case_id: str) -> dict[str, OpenCompartment]:
    """Every compartment of a case that this session's reader holds a living grant to, by id."""
    return {each.id: each for each in _opened(ctx, case_id, keep=False)}


def open_and_keep(ctx: Context, case_id: str) -> dict[str, OpenCompartment]:
    """The same; what an organisation opens for the first time is kept under its symmetric key (rule 3)."""
    return {each.id: each for each in _opened(ctx, case_id, keep=ctx.vault.symmetric_key is not None)}


def wrap_opened(ctx: Context, case_id: str) -> None:
    """Keep the keys that an organisation opens for the first time under its symmetric key (rule 3)."""
    open_and_keep(ctx, case_id)


def _opened(ctx: Context, case_id: str, keep: bool) -> Iterator[OpenCompartment]:
    query = (
        select(Grant, Compartment)
        .join(Compartment, Compartment.id == Grant.compartment_id)
        .where(Grant.case_id == case_id, Grant.reader_id == ctx.vault.reader_id)
        .where(or_(Grant.expires_on.is_(None), Grant.expires_on >= ctx.today))
    )
    for held, found in ctx.session.execute(query).all():
        key = _open(ctx.vault, held)
        if keep and held.wrapped_key is None and ctx.vault.symmetric_key is not None:
            held.wrapped_key = aead.seal(ctx.vault.symmetric_key, key, _wrapped_place(held))
        yield OpenCompartment(found.id, case_id, found.kind, found.party_id, key)


def seal_in(key: bytes, row: Any, column: str, text: str) -> bytes:
    """Seal padded text for one column of a case's row (rule 4)."""
    return padding.seal_text(key, text, _place(row, column))


def open_in(key: bytes, row: Any, column: str) -> str:
    """The text of one sealed column of a case's row; raises CannotOpen if it was moved or changed."""
    return padding.open_text(key, getattr(row, column), _place(row, column))


def _place(row: Any, column: str) -> aead.Place:
    return aead.Place(row.__tablename__, column, row.id, row.case_id)


def _wrapped_place(held: Grant) -> aead.Place:
    # With the compartment: a key that stands for another one would seal new content for the wrong readers.
    return aead.Place("grant", "wrapped_key", f"{held.id} {held.compartment_id}", held.case_id)


def _open(vault: Vault, held: Grant) -> bytes:
    if held.wrapped_key is not None and vault.symmetric_key is not None:
        return aead.open_sealed(vault.symmetric_key, held.wrapped_key, _wrapped_place(held))
    info = boxes.grant_info(held.case_id, held.compartment_id, held.reader_id)
    return boxes.open_box(vault.private_key, held.sealed_key, info)
