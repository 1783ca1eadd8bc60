"""The purge: what has ended is deleted, from the database and from the store."""

from datetime import timedelta

from sqlalchemy import delete, select

from app.models import Draft, Evidence, Session, Throttle
from app.services import invitations, outbox
from app.services.context import Context

THROTTLES_KEPT = timedelta(days=1)
FILES_AT_ONCE = 500


def end_old_rows(ctx: Context) -> None:
    """Delete sessions and drafts whose time is over, keys of old invitations, failures and tasks."""
    for model in (Session, Draft):
        ctx.session.execute(delete(model).where(model.expires_at <= ctx.now))
    ctx.session.execute(delete(Throttle).where(Throttle.blocked_until < ctx.now - THROTTLES_KEPT))
    invitations.forget_ended(ctx)
    outbox.forget_done(ctx)


def loose_files(ctx: Context) -> list[tuple[str, str, str]]:
    """Evidence that no case took over and whose draft has ended: the row's id and the store's two names."""
    query = (
        select(Evidence.id, Evidence.original_name, Evidence.shown_name)
        .where(Evidence.case_id.is_(None), Evidence.draft_id.is_(None))
        .limit(FILES_AT_ONCE)
    )
    return [(id_, original, shown) for id_, original, shown in ctx.session.execute(query)]


def forget_files(ctx: Context, evidence_ids: list[str]) -> None:
    """Delete the rows of files that are gone from the store."""
    loose = Evidence.case_id.is_(None) & Evidence.draft_id.is_(None)
    ctx.session.execute(delete(Evidence).where(Evidence.id.in_(evidence_ids), loose))
