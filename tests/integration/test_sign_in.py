"""Signing in: one answer for every failure, each code once, slowed after failures, nothing in clear."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import InvalidInput, TooManyAttempts
from app.models import Member, Session
from app.services import members, sessions, sign_in
from app.services.context import PUBLIC, Context
from tests.conftest import NOW
from tests.people import PASSWORD

LATER = NOW + timedelta(minutes=5)


def attempt(portal, email, password, code, now=LATER):
    with portal.database.reading() as session:
        prepared = sign_in.prepare(Context(session, portal, PUBLIC, now), email, password)
    with portal.database.transaction() as session:
        return sign_in.sign_in(Context(session, portal, PUBLIC, now), prepared, code)


def test_password_and_code_open_the_organisations_key(portal, people):
    officer = people.officer
    token = attempt(portal, officer.email, PASSWORD, officer.code(LATER))
    with portal.database.reading() as session:
        ctx = Context(session, portal, PUBLIC, LATER)
        held = sessions.find_session(ctx, "member", token)
        assert bytes.fromhex(held["private_key"]) == officer.vault.private_key
        assert sessions.find_session(ctx, "reporter", token) is None
        row = session.scalars(select(Session)).one()
        assert officer.vault.private_key not in row.content
        assert row.expires_at.minute == row.expires_at.second == 0


@pytest.mark.parametrize("wrong", ["email", "password", "code", "disabled"])
def test_every_failure_gives_the_same_answer(portal, people, wrong):
    officer = people.officer
    if wrong == "disabled":
        with portal.database.transaction() as session:
            session.get(Member, officer.actor.member_id).status = "disabled"
    given = {
        "email": officer.email if wrong != "email" else "nobody@example.org",
        "password": PASSWORD if wrong != "password" else PASSWORD + "x",
        "code": officer.code(LATER) if wrong != "code" else "000000",
    }
    assert attempt(portal, **given) is None


def test_a_code_works_once(portal, people):
    code = people.officer.code(LATER)
    assert attempt(portal, people.officer.email, PASSWORD, code)
    assert attempt(portal, people.officer.email, PASSWORD, code) is None


def test_codes_may_be_typed_in_the_digits_of_any_script(portal, people):
    arabic = people.officer.code(LATER).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert attempt(portal, people.officer.email, PASSWORD, arabic)


@pytest.mark.parametrize("email", ["dana@example.org", "nobody@example.org"])
def test_failures_slow_the_next_try_whether_the_account_exists_or_not(portal, people, email):
    for _ in range(5):
        assert attempt(portal, email, "wrong", "000000") is None
    with pytest.raises(TooManyAttempts) as slowed:
        attempt(portal, email, "wrong", "000000")
    assert 0 < slowed.value.seconds <= 6
    assert attempt(portal, email, "wrong", "000000", LATER + timedelta(seconds=6)) is None


def test_a_session_ends_and_a_cookie_without_its_row_opens_nothing(portal, people):
    token = attempt(portal, people.officer.email, PASSWORD, people.officer.code(LATER))
    with portal.database.transaction() as session:
        ctx = Context(session, portal, PUBLIC, LATER)
        assert sessions.find_session(ctx, "member", token + "x") is None
        assert sessions.find_session(ctx, "member", token)
        sessions.end_session(ctx, token)
        assert sessions.find_session(ctx, "member", token) is None


def test_a_session_lasts_twelve_hours_at_most(portal, people):
    token = attempt(portal, people.officer.email, PASSWORD, people.officer.code(LATER))
    with portal.database.reading() as session:
        assert (
            sessions.find_session(
                Context(session, portal, PUBLIC, LATER + timedelta(hours=13)), "member", token
            )
            is None
        )


def test_a_new_password_signs_out_everywhere_and_opens_the_same_key(portal, people):
    officer, new = people.officer, "eleven grey otters under the bridge"
    attempt(portal, officer.email, PASSWORD, officer.code(LATER))
    with portal.database.transaction() as session:
        ctx = officer.context(session, portal, LATER)
        assert not members.change_password(ctx, officer.actor.member_id, "wrong", new)
        with pytest.raises(InvalidInput, match="weak_password"):
            members.change_password(ctx, officer.actor.member_id, PASSWORD, "password1")
        assert members.change_password(ctx, officer.actor.member_id, PASSWORD, new)
        assert session.scalars(select(Session)).all() == []
    much_later = LATER + timedelta(minutes=2)
    assert attempt(portal, officer.email, PASSWORD, officer.code(much_later), much_later) is None
    assert attempt(portal, officer.email, new, officer.code(much_later), much_later)
