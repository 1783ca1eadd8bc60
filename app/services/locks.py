"""Making others wait: what is held by name until the transaction ends."""

from sqlalchemy import func, select

from app.services.context import Context


def hold(ctx: Context, name: str) -> None:
    """Let nobody else hold this name until the transaction ends."""
    # SQLite has one writer anyhow; on PostgreSQL two writers may run side by side.
    if ctx.session.get_bind().dialect.name == "postgresql":
        ctx.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
