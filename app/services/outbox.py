"""The outbox: what is to be done after the change that asks for it, written in the same transaction."""

from sqlalchemy import select

from app.models import OutboxItem
from app.models.types import new_id
from app.services.context import Context


def enqueue(ctx: Context, task: str, subject_id: str, key: str) -> None:
    """Ask the jobs to do a task at least once; a second call with the same key asks for nothing more."""
    if ctx.session.scalar(select(OutboxItem.id).where(OutboxItem.key == key)):
        return
    row = OutboxItem(id=new_id(), task=task, subject_id=subject_id, key=key)
    row.available_at, row.attempts, row.done, row.failure = ctx.now, 0, False, None
    ctx.session.add(row)
