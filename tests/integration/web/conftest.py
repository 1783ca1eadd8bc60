"""The application on an empty database, and a browser-like client for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from tests.conftest import make_settings


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    """The application on SQLite."""
    made = create_app(make_settings(tmp_path, sqlite_url))
    yield made
    made.extensions["recourse"].database.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that keeps cookies, without a session."""
    return app.test_client()
