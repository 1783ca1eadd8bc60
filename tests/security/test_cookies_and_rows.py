"""A row without its cookie and a cookie without its row open nothing, whatever else a thief holds."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import delete, select, update

from app import create_app
from app.crypto import aead, padding, site, tokens
from app.crypto.errors import CannotOpen
from app.crypto.kdf import subkey
from app.models import Draft, Session
from app.models.types import new_id
from app.services import drafts, reporters, sessions
from app.services.context import PUBLIC, Context
from app.web.identity import IDLE_SECONDS
from tests.cases import file_case
from tests.conftest import NOW, make_settings
from tests.visitors import member_client

KINDS = ("draft", "joining", "member", "reporter")


def public(session, portal, now=NOW):
    return Context(session, portal, PUBLIC, now)


@pytest.fixture
def held(portal, people):
    """The cookie's token of one draft and of one session of each kind."""
    filed = file_case(portal)
    with portal.database.transaction() as session:
        ctx = public(session, portal)
        return {
            "draft": drafts.start(ctx),
            "joining": sessions.open_session(ctx, "joining", {"code": "1", "totp_seed": "2"}),
            "member": sessions.open_session(
                ctx, "member", {"private_key": "00"}, people.officer.actor.member_id
            ),
            "reporter": reporters.enter(ctx, filed.code),
        }


def found(ctx, kind, token):
    return drafts.find(ctx, token) if kind == "draft" else sessions.find_session(ctx, kind, token)


def row_of(session, kind, token):
    return session.get(Draft if kind == "draft" else Session, tokens.token_id(token))


@pytest.mark.parametrize("kind", KINDS)
def test_the_row_opens_with_nothing_that_the_server_keeps(portal, held, kind):
    secrets = portal.secrets
    with portal.database.reading() as session:
        row = row_of(session, kind, held[kind])
        session.expunge(row)
    known = [*secrets.site_secrets, secrets.code_salt, secrets.receipt_signing_key]
    known += [key for label in ("site sealing", "throttle") for key in site.site_keys(secrets, label)]
    known += [subkey(secret, "web cookies and forms") for secret in secrets.site_secrets]
    known += [tokens.token_key(row.id), tokens.token_key(""), bytes.fromhex(row.id), bytes(32)]
    place = aead.Place(row.__tablename__, "content", row.id, "")
    for key in known:
        with pytest.raises(CannotOpen):
            padding.open_text(key, row.content, place)
    assert padding.open_text(tokens.token_key(held[kind]), row.content, place)


@pytest.mark.parametrize("kind", KINDS)
def test_the_row_does_not_hold_the_cookie(portal, held, kind):
    with portal.database.reading() as session:
        row = row_of(session, kind, held[kind])
        stored = repr([getattr(row, column.name) for column in row.__table__.columns])
        assert held[kind] not in stored
        assert held[kind].encode() not in row.content


@pytest.mark.parametrize("kind", KINDS)
def test_the_cookie_without_its_row_opens_nothing(portal, held, kind):
    with portal.database.transaction() as session:
        assert found(public(session, portal), kind, held[kind])
        for model in (Draft, Session):
            session.execute(delete(model).where(model.id == tokens.token_id(held[kind])))
        assert found(public(session, portal), kind, held[kind]) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_opens_only_as_what_it_is(portal, held, kind):
    with portal.database.reading() as session:
        ctx = public(session, portal)
        assert [other for other in KINDS if found(ctx, other, held[kind])] == [kind]


@pytest.mark.parametrize("kind", KINDS)
def test_content_moved_between_rows_and_tables_does_not_open(portal, held, kind):
    victim = "member" if kind != "member" else "reporter"
    with portal.database.transaction() as session:
        content = row_of(session, kind, held[kind]).content
        session.execute(update(Session).where(Session.kind == victim).values(content=content))
    with portal.database.reading() as session, pytest.raises(CannotOpen):
        found(public(session, portal), victim, held[victim])


@pytest.mark.parametrize("kind", KINDS)
def test_rows_end_and_tell_the_hour_at_most(portal, held, kind):
    with portal.database.reading() as session:
        ends = row_of(session, kind, held[kind]).expires_at
        assert (ends.minute, ends.second, ends.microsecond) == (0, 0, 0)
        assert found(public(session, portal, ends), kind, held[kind]) is None


def test_a_cookie_counts_for_its_own_purpose_and_only_if_signed_here(app, staff):
    client = member_client(app, staff.officer)
    signed = client.get_cookie("rc_desk").value
    token = TimestampSigner(app.secret_key, salt="rc_desk").unsign(signed).decode()
    other = app.test_client()
    for name in ("rc_case", "rc_draft", "rc_join"):
        other.set_cookie(name, signed)
    other.set_cookie("rc_desk", TimestampSigner("another key", salt="rc_desk").sign(token).decode())
    assert client.get("/en/desk/settings").status_code == 200
    for page in ("/en/desk/settings", "/en/case/overview", "/en/report/what"):
        assert other.get(page).status_code == 303, page


@pytest.mark.parametrize(("beyond", "status"), [(-60, 200), (60, 303)])
def test_a_desk_left_alone_is_closed(app, staff, beyond, status):
    client = member_client(app, staff.officer)
    token = client.get_cookie("rc_desk").value.split(".")[0]
    client.set_cookie("rc_desk", signed_ago(app, token, IDLE_SECONDS["rc_desk"] + beyond))
    assert client.get("/en/desk/settings").status_code == status


def test_a_desk_in_use_is_closed_after_half_a_day_all_the_same(app, staff):
    client = member_client(app, staff.officer)
    with app.extensions["recourse"].database.transaction() as session:
        row = session.scalars(select(Session)).one()
        left = row.expires_at - datetime.now(UTC)
        assert timedelta(hours=12) <= left <= timedelta(hours=13)
        row.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    assert client.get("/en/desk/settings").status_code == 303


def signed_ago(app, token: str, seconds: int) -> str:
    """A cookie as it was signed some time ago."""
    signer = TimestampSigner(app.secret_key, salt="rc_desk")
    signer.get_timestamp = lambda: int(time.time()) - seconds
    return signer.sign(token).decode()


def test_cookies_are_out_of_reach_of_scripts_other_sites_and_plain_http(tmp_path, sqlite_url):
    settings = make_settings(tmp_path, sqlite_url).model_copy(update={"base_url": "https://r.example"})
    client = create_app(settings).test_client()
    page = client.get("/en/report", base_url="https://r.example")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    begun = client.post("/en/report", data={"csrf_token": token}, base_url="https://r.example")
    set_here = page.headers.getlist("Set-Cookie") + begun.headers.getlist("Set-Cookie")
    assert {line.split("=")[0] for line in set_here} >= {"__Host-rc_draft", "rc_form"}
    for line in set_here:
        assert {"HttpOnly", "SameSite=Strict", "Secure"} <= set(line.split("; ")), line


def test_what_was_signed_before_a_rotation_still_counts(tmp_path, sqlite_url, app, staff):
    """A new site secret must not throw away reports that are being written."""
    client = member_client(app, staff.officer)
    signed = client.get_cookie("rc_desk").value
    old = app.secret_key
    app.config.update(SECRET_KEY=new_id(), SECRET_KEY_FALLBACKS=[new_id(), old])
    after = app.test_client()
    after.set_cookie("rc_desk", signed)
    assert after.get("/en/desk/settings").status_code == 200
    fresh = after.get_cookie("rc_desk").value
    assert TimestampSigner(app.secret_key, salt="rc_desk").unsign(fresh)
