"""A portal to measure: real settings and real prices of guessing, in a folder of its own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app.portal import Portal, open_portal
from app.schema import upgrade
from app.services.context import SYSTEM, Context
from config import Settings
from tests.people import People, enrol_people

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
KINDS = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Instance:
    """A portal with its people and the environment in which a server of it starts."""

    portal: Portal
    people: People
    environment: dict[str, str]
    folder: Path

    def context(self, session, person=None) -> Context:
        """A Context of the system or of one person, now."""
        now = datetime.now(UTC)
        return (
            person.context(session, self.portal, now)
            if person
            else Context(session, self.portal, SYSTEM, now)
        )


@contextmanager
def instance(kind: str = "sqlite") -> Iterator[Instance]:
    """An empty portal with the usual people; its database and folder are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, _database(kind, Path(folder)) as url:
        upgrade(url)
        portal = open_portal(Settings(environment="test", instance_dir=Path(folder), database_url=url))
        with portal.database.transaction() as session:
            people = enrol_people(Context(session, portal, SYSTEM, datetime.now(UTC)))
        environment = {"RECOURSE_ENV": "test", "RECOURSE_INSTANCE": folder, "DATABASE_URL": url}
        yield Instance(portal, people, environment, Path(folder))
        portal.database.close()


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'recourse.db'}"
        return
    engine, name = create_engine(POSTGRES, isolation_level="AUTOCOMMIT"), f"recourse_bench_{os.getpid()}"
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()
