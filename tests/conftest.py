"""What tests share: a portal on a real database (SQLite, and PostgreSQL where it answers), and its people."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from app.db import Base
from app.portal import Portal, open_portal
from app.schema import upgrade
from app.services.context import SYSTEM, Context
from config import Settings
from tests.people import People, enrol_people

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy: migrating anew for each test would be slow."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_url(worker_id: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this worker's own; skips without a server unless it is required."""
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    name = f"recourse_test_{worker_id}_{os.getpid()}"
    try:
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    except OperationalError:
        if os.environ.get("REQUIRE_POSTGRES"):
            raise
        pytest.skip("no PostgreSQL answers")
    url = make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    upgrade(url)
    yield url
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty migrated database: the test runs once on each kind."""
    return _fresh(request, tmp_path, request.param)


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty migrated SQLite database, for tests to which the kind of database does not matter."""
    return _fresh(request, tmp_path, "sqlite")


def make_settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings for tests: real ones but for the price of guessing, which would make tests slow."""
    return Settings(
        environment="test",
        instance_dir=tmp_path,
        database_url=database_url,
        argon2_memory_kib=64,
        argon2_iterations=1,
    )


@pytest.fixture
def portal(tmp_path: Path, database_url: str) -> Iterator[Portal]:
    """A portal on an empty database of each kind."""
    opened = open_portal(make_settings(tmp_path, database_url))
    yield opened
    opened.database.close()


@pytest.fixture
def lone_portal(tmp_path: Path, sqlite_url: str) -> Iterator[Portal]:
    """A portal on an empty SQLite database."""
    opened = open_portal(make_settings(tmp_path, sqlite_url))
    yield opened
    opened.database.close()


@pytest.fixture
def people(portal: Portal) -> People:
    """The same few organisations and members in every test."""
    with portal.database.transaction() as session:
        return enrol_people(Context(session, portal, SYSTEM, NOW))


def _fresh(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> str:
    if kind == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        _empty(url)
        return url
    path = tmp_path / "recourse.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


def _empty(url: str) -> None:
    engine = create_engine(url)
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    engine.dispose()
