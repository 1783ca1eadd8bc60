"""Browsers of signed-in people, without the typing."""

import re
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

from app.services import sessions
from app.services.context import Context
from tests.people import Person


def member_client(app: Flask, person: Person) -> FlaskClient:
    """A client in which this member has signed in."""
    content = {
        "member_id": person.actor.member_id,
        "organisation_id": person.actor.organisation_id,
        "roles": sorted(person.actor.roles),
        "private_key": person.vault.private_key.hex(),
        "symmetric_key": person.vault.symmetric_key.hex(),
    }
    portal = app.extensions["recourse"]
    with portal.database.transaction() as session:
        ctx = Context(session, portal, person.actor, datetime.now(UTC))
        token = sessions.open_session(ctx, "member", content, person.actor.member_id)
    client = app.test_client()
    client.set_cookie("rc_desk", TimestampSigner(app.secret_key, salt="rc_desk").sign(token).decode())
    return client


def send(client: FlaskClient, url: str, fields: dict, page: str | None = None):
    """Send a form as a browser does: with the token from its page, which is `url` unless another is named."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page or url).text)
    return client.post(url, data={**fields, "csrf_token": found[1] if found else ""})
