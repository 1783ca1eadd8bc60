"""What comes round by the clock. The outbox's keys make sure that only one of many machines does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.services import anchors, outbox, purge
from app.services.context import Context
from app.services.outbox import Claim

PURGE, ANCHOR = "purge", "anchor"
PORTAL = "portal"


def schedule(ctx: Context) -> None:
    """Ask for this hour's purge and this day's anchor, unless somebody has."""
    outbox.enqueue(ctx, PURGE, PORTAL, f"{PURGE}:{ctx.now:%Y-%m-%dT%H}")
    outbox.enqueue(ctx, ANCHOR, PORTAL, f"{ANCHOR}:{ctx.today.isoformat()}")


def clear_out(ctx: Context, _claimed: Claim) -> str | None:
    """Delete what has ended: rows first, then files from the store, then the rows of these files."""
    with _writing(ctx) as writing:
        purge.end_old_rows(writing)
    while loose := purge.loose_files(ctx):
        ctx.session.rollback()  # the store may be slow: nothing is held meanwhile
        for _id, *names in loose:
            for name in filter(None, names):
                ctx.portal.store.delete(name)
        with _writing(ctx) as writing:
            purge.forget_files(writing, [evidence_id for evidence_id, *_names in loose])
    return None


def anchor(ctx: Context, _claimed: Claim) -> str | None:
    """Tie the heads of the audit chains together."""
    with _writing(ctx) as writing:
        anchors.anchor_today(writing)
    return None


@contextmanager
def _writing(ctx: Context) -> Iterator[Context]:
    with ctx.portal.database.transaction() as session:
        yield replace(ctx, session=session)
