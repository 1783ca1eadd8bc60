"""The schema comes from the migrations alone: one head, equal to the models, up and down with rows in it."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

import app.models  # noqa: F401
from app.db import Base, make_engine
from app.portal import open_portal
from app.schema import alembic_config, downgrade, upgrade
from app.services.context import SYSTEM, Context
from tests.conftest import NOW, make_settings
from tests.people import enrol_people

REVISIONS = [script.revision for script in ScriptDirectory.from_config(alembic_config("")).walk_revisions()]


def test_there_is_one_head():
    assert len(ScriptDirectory.from_config(alembic_config("")).get_heads()) == 1


def test_head_equals_the_models(database_url):
    with make_engine(database_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_each_migration_goes_down_and_up_with_rows_in_it(database_url, tmp_path):
    portal = open_portal(make_settings(tmp_path, database_url))
    with portal.database.transaction() as session:
        enrol_people(Context(session, portal, SYSTEM, NOW))
    portal.database.close()
    for revision in REVISIONS:
        before = _tables(database_url)
        downgrade(database_url, f"{revision}-1" if revision != REVISIONS[-1] else "base")
        assert _tables(database_url) != before or len(REVISIONS) > 1
    assert _tables(database_url) == {"alembic_version"}
    upgrade(database_url)
    assert _tables(database_url) == {table.name for table in Base.metadata.sorted_tables} | {
        "alembic_version"
    }


def _tables(url: str) -> set[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        names = set(inspect(connection).get_table_names())
    engine.dispose()
    return names
