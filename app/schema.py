"""The schema comes from the migrations alone; this runs them."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def alembic_config(url: str) -> "Config":
    """Alembic's configuration for one database address."""
    from alembic.config import Config  # noqa: PLC0415 - a web worker never migrates and need not load it

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to a revision, the newest unless said otherwise."""
    from alembic import command  # noqa: PLC0415 - as above

    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to an earlier revision."""
    from alembic import command  # noqa: PLC0415 - as above

    command.downgrade(alembic_config(url), revision)
