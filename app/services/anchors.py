"""Anchors: once a day the heads of the audit chains are tied into one digest that rests on the day before.

Rewriting a chain from its start would otherwise go unseen. An anchor lists the chains that grew since the
last one, so its size follows the work done and not the age of the portal.
"""

import hashlib
import json
from typing import Any

from sqlalchemy import func, select, tuple_

from app.models import AuditAnchor, AuditEntry
from app.services.audit import START, Broken
from app.services.context import Context

# A row may be committed after another one with a later id: each anchor looks back a little.
OVERLAP = 1000
AT_ONCE = 200


def anchor_today(ctx: Context) -> None:
    """Write today's anchor; one that is there already stays as it is."""
    if ctx.session.get(AuditAnchor, ctx.today) is not None:
        return
    last = ctx.session.scalars(select(AuditAnchor).order_by(AuditAnchor.on.desc()).limit(1)).first()
    heads = _heads(ctx, last.heads["up_to"] - OVERLAP if last else 0)
    row = AuditAnchor(on=ctx.today, heads=heads, previous=last.digest if last else START)
    row.digest = digest_of(row)
    ctx.session.add(row)


def digest_of(anchor: AuditAnchor) -> str:
    """The SHA-256 that an anchor must carry, over its day, its heads and the anchor before."""
    said = [anchor.previous, anchor.on.isoformat(), anchor.heads]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def find_broken_anchor(ctx: Context) -> Broken | None:
    """The first anchor that was changed, or the first row that is not what an anchor says; None if all hold.

    A broken anchor is told with its day as the chain.
    """
    previous = START
    for anchor in ctx.session.scalars(select(AuditAnchor).order_by(AuditAnchor.on)):
        if anchor.previous != previous or anchor.digest != digest_of(anchor):
            why = "unlinked" if anchor.previous != previous else "changed"
            return Broken(f"anchor:{anchor.on.isoformat()}", 0, 0, why)
        broken = _differing(ctx, anchor.heads["chains"])
        if broken:
            return broken
        previous = anchor.digest
    return None


def _heads(ctx: Context, after_id: int) -> dict[str, Any]:
    newest = ctx.session.scalar(select(func.max(AuditEntry.id))) or 0
    grown = (
        select(AuditEntry.chain, func.max(AuditEntry.number).label("number"))
        .where(AuditEntry.id > after_id)
        .group_by(AuditEntry.chain)
        .subquery()
    )
    query = select(AuditEntry.chain, AuditEntry.number, AuditEntry.digest).join(
        grown, (grown.c.chain == AuditEntry.chain) & (grown.c.number == AuditEntry.number)
    )
    chains = {chain: [number, digest] for chain, number, digest in ctx.session.execute(query)}
    return {"up_to": newest, "chains": chains}


def _differing(ctx: Context, chains: dict[str, list[Any]]) -> Broken | None:
    wanted = sorted((chain, number, digest) for chain, (number, digest) in chains.items())
    for start in range(0, len(wanted), AT_ONCE):
        batch = wanted[start : start + AT_ONCE]
        places = tuple_(AuditEntry.chain, AuditEntry.number).in_([place[:2] for place in batch])
        query = select(AuditEntry.chain, AuditEntry.number, AuditEntry.digest).where(places)
        held = {(chain, number, digest) for chain, number, digest in ctx.session.execute(query)}
        for chain, number, digest in batch:
            if (chain, number, digest) not in held:
                return Broken(chain, number, 0, "not_as_anchored")
    return None
