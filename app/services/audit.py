"""The audit: append-only rows in hash chains, one chain a case and one an organisation.

An action reads `area:subject:verb`, as in `case:statement:opened`. Rows hold ids and codes, never content.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import insert, select

from app.models import AuditEntry
from app.services import locks
from app.services.context import ActorKind, Context

START = "0" * 64
COLUMNS = ("chain", "number", "at", "actor", "action", "subject", "facts", "previous", "digest")


def case_chain(case_id: str) -> str:
    """The name of a case's chain."""
    return f"case:{case_id}"


def organisation_chain(organisation_id: str) -> str:
    """The name of an organisation's chain."""
    return f"organisation:{organisation_id}"


def record(ctx: Context, chain: str, action: str, subject: str = "", **facts: Any) -> None:
    """Add one row to a chain; a reporter's row carries the day and no time."""
    record_all(ctx, chain, [(action, subject)], **facts)


def record_all(ctx: Context, chain: str, acts: Iterable[tuple[str, str]], **facts: Any) -> None:
    """Add a row for each (action, subject) to a chain, all with the same facts."""
    locks.hold(ctx, chain)  # two writers of one chain must not fork it
    head = ctx.session.execute(
        select(AuditEntry.number, AuditEntry.digest)
        .where(AuditEntry.chain == chain)
        .order_by(AuditEntry.number.desc())
        .limit(1)
    ).first()
    number, digest = (head.number, head.digest) if head else (0, START)
    rows = []
    for action, subject in acts:
        entry = _entry(ctx, chain, number, digest, (action, subject, facts))
        number, digest = entry.number, entry.digest
        rows.append({name: getattr(entry, name) for name in COLUMNS})
    if rows:
        ctx.session.execute(insert(AuditEntry), rows)  # one statement, however many rows


def begin(ctx: Context, chain: str, action: str, subject: str = "", **facts: Any) -> AuditEntry:
    """Add the first row of a chain that is new in this transaction."""
    return _added(ctx, _entry(ctx, chain, 0, START, (action, subject, facts)))


def follow(ctx: Context, before: AuditEntry, action: str, subject: str = "", **facts: Any) -> AuditEntry:
    """Add the row after one that this transaction added itself, which spares looking for it."""
    what = action, subject, facts
    return _added(ctx, _entry(ctx, before.chain, before.number, before.digest, what))


def _entry(
    ctx: Context, chain: str, number: int, previous: str, what: tuple[str, str, dict[str, Any]]
) -> AuditEntry:
    action, subject, facts = what
    entry = AuditEntry(
        chain=chain,
        number=number + 1,
        at=_at(ctx),
        actor=ctx.actor.tag,
        action=action,
        subject=subject,
        facts=facts,
        previous=previous,
    )
    entry.digest = digest_of(entry)
    return entry


def _added(ctx: Context, entry: AuditEntry) -> AuditEntry:
    ctx.session.add(entry)
    return entry


def digest_of(entry: AuditEntry) -> str:
    """The SHA-256 that a row must carry, over all that it says and the row before."""
    said = [
        entry.previous,
        entry.chain,
        entry.number,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        entry.facts,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@dataclass(frozen=True)
class Broken:
    """The first row of a chain that does not fit."""

    chain: str
    number: int
    entry_id: int
    why: str  # "changed", "missing_before" or "unlinked"


def find_broken(ctx: Context) -> Broken | None:
    """The first row, chain by chain, that was changed, removed or put in; None if all chains hold."""
    chain, number, previous = "", 0, START
    query = select(AuditEntry).order_by(AuditEntry.chain, AuditEntry.number)
    for entry in ctx.session.scalars(query.execution_options(yield_per=1000)):
        if entry.chain != chain:
            chain, number, previous = entry.chain, 0, START
        why = _fault(entry, number, previous)
        if why:
            return Broken(entry.chain, entry.number, entry.id, why)
        number, previous = entry.number, entry.digest
    return None


def _fault(entry: AuditEntry, number: int, previous: str) -> str | None:
    if entry.number != number + 1:
        return "missing_before"
    if entry.previous != previous:
        return "unlinked"
    return None if entry.digest == digest_of(entry) else "changed"


def _at(ctx: Context) -> datetime:
    if ctx.actor.kind in {ActorKind.REPORTER, ActorKind.PUBLIC}:
        return datetime.combine(ctx.today, time.min, UTC)
    return ctx.now.astimezone(UTC)
