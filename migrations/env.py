"""Runs migrations on the address that `app.schema` hands over; batch mode for SQLite."""

from alembic import context

import app.models  # noqa: F401  (registers every table)
from app.db import Base, make_engine
from app.models.types import Instant


def _render(kind: str, item: object, _autogen: object) -> str | bool:
    # A migration outlives the code: it names plain types, never ours.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


def run() -> None:
    """Migrate within one transaction, so that a failed migration leaves the schema as it was."""
    engine = make_engine(context.config.attributes["url"])
    # SQLite checks foreign keys at once; rebuilding a table in batch mode needs them off meanwhile.
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=_render,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
    engine.dispose()


run()
