"""The outbox: what is to be done after the change that asks for it, written in the same transaction.

Rules:
1. A task is done at least once: whoever claims it holds it for a while, and if nothing more is heard of it,
   it is free again.
2. Its key makes a second one of the same kind impossible.
3. What fails is tried again, after longer and longer waits, and in the end given up, with the reason kept.
4. No row tells more than the day once it is done, nor the minute at which it was asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.models import OutboxItem
from app.models.types import new_id
from app.services.context import Context

LEASE = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440))
KEPT = timedelta(days=30)

_INSERTS: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Claim:
    """A task that this worker holds until its lease ends."""

    id: str
    task: str
    subject_id: str
    key: str
    attempts: int  # this one counted


def enqueue(ctx: Context, task: str, subject_id: str, key: str) -> None:
    """Ask the jobs to do a task at least once; a second call with the same key asks for nothing more."""
    insert = _INSERTS[ctx.session.get_bind().dialect.name](OutboxItem)
    values = {"id": new_id(), "task": task, "subject_id": subject_id, "key": key, "attempts": 0}
    hour = ctx.now.replace(minute=0, second=0, microsecond=0)
    query = insert.values(**values, available_at=hour, done=False, failure=None)
    ctx.session.execute(query.on_conflict_do_nothing(index_elements=["key"]))


def waits(ctx: Context) -> bool:
    """Whether a task could be claimed now; only reads."""
    return ctx.session.scalar(_due(ctx, 1)) is not None


def claim(ctx: Context, most: int = 10) -> list[Claim]:
    """Take tasks that are due, the oldest first; nobody else gets them before the lease ends (rule 1)."""
    due = _due(ctx, most).with_for_update(skip_locked=True).cte("due")
    query = (
        update(OutboxItem)
        .where(OutboxItem.id.in_(select(due.c.id)))
        .values(attempts=OutboxItem.attempts + 1, available_at=ctx.now + LEASE)
        .returning(OutboxItem)
        .execution_options(synchronize_session=False)
    )
    rows = ctx.session.scalars(query).all()
    return [Claim(row.id, row.task, row.subject_id, row.key, row.attempts) for row in rows]


def finish(ctx: Context, claimed: Claim, failure: str | None = None) -> None:
    """Note that a task is over; `failure` says why it could not be done, if so."""
    _note(
        ctx,
        claimed,
        done=True,
        failure=failure,
        available_at=datetime.combine(ctx.today, time.min, ctx.now.tzinfo),
    )


def postpone(ctx: Context, claimed: Claim, failure: str) -> bool:
    """Note a failure and free the task for a later try; False if that was the last one (rule 3)."""
    if claimed.attempts > len(WAITS):
        finish(ctx, claimed, failure)
        return False
    _note(ctx, claimed, failure=failure, available_at=ctx.now + WAITS[claimed.attempts - 1])
    return True


def forget_done(ctx: Context) -> None:
    """Delete what was done long ago; what failed for good stays to be looked at."""
    old = OutboxItem.available_at < ctx.now - KEPT
    ctx.session.execute(delete(OutboxItem).where(OutboxItem.done, OutboxItem.failure.is_(None), old))


def _due(ctx: Context, most: int) -> Any:
    query = select(OutboxItem.id).where(OutboxItem.done.is_(False), OutboxItem.available_at <= ctx.now)
    return query.order_by(OutboxItem.available_at, OutboxItem.id).limit(most)


def _note(ctx: Context, claimed: Claim, **values: Any) -> None:
    # Only the last claim counts: one whose lease ended while it worked on changes nothing.
    query = update(OutboxItem).where(OutboxItem.id == claimed.id, OutboxItem.attempts == claimed.attempts)
    ctx.session.execute(query.values(**values).execution_options(synchronize_session=False))
