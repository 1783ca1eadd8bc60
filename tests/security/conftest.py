"""The application over a portal with people, to be attacked."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app import create_app
from app.services.context import SYSTEM, Context
from tests.conftest import make_settings
from tests.people import People, enrol_people, now


@pytest.fixture
def app(tmp_path, sqlite_url) -> Iterator[Flask]:
    """The whole application on an empty database."""
    made = create_app(make_settings(tmp_path, sqlite_url))
    yield made
    made.extensions["recourse"].database.close()


@pytest.fixture
def staff(app) -> People:
    """The usual people, enrolled at the real present since web requests use the real clock."""
    portal = app.extensions["recourse"]
    with portal.database.transaction() as session:
        return enrol_people(Context(session, portal, SYSTEM, now()))
