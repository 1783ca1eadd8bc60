"""Attacks on accounts: old keys, old sessions, guesses made at the same time, setting up twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from app.domain.errors import Conflict, InvalidInput, NotFound, TooManyAttempts
from app.models import Invitation, Member, Organisation, Session, Throttle
from app.services import colleagues, invitations, members, organisations, purge, sessions, sign_in, throttle
from app.services.context import PUBLIC, SYSTEM, Context
from tests.conftest import NOW
from tests.people import PASSWORD

LATER = NOW + timedelta(minutes=5)


def prepare(portal, email, password, now=LATER):
    with portal.database.reading() as session:
        return sign_in.prepare(Context(session, portal, PUBLIC, now), email, password)


def finish(portal, attempt, code, now=LATER):
    with portal.database.transaction() as session:
        return sign_in.sign_in(Context(session, portal, PUBLIC, now), attempt, code)


def invite(portal, manager, email, roles):
    with portal.database.transaction() as session:
        return invitations.invite(manager.context(session, portal, NOW), "A", email, roles)


def join(portal, code):
    seed = pyotp.random_base32()
    choice = members.Choice(PASSWORD, seed, pyotp.TOTP(seed).at(NOW), "en")
    with portal.database.transaction() as session:
        return members.join(Context(session, portal, PUBLIC, NOW), code, choice)


def kept_keys(portal):
    with portal.database.reading() as session:
        return [key for key in session.scalars(select(Invitation.sealed_organisation_key)) if key]


def test_a_used_invitation_keeps_no_key(portal, people):
    """Its code may lie in an old e-mail; with a stolen database it would open every case."""
    before = len(kept_keys(portal))
    code = invite(portal, people.manager, "new@example.org", ["respondent"])
    assert len(kept_keys(portal)) == before + 1
    join(portal, code)
    assert len(kept_keys(portal)) == before == 0


def test_a_cancelled_and_an_ended_invitation_keep_no_key(portal, people):
    invite(portal, people.manager, "one@example.org", ["respondent"])
    invite(portal, people.manager, "two@example.org", ["respondent"])
    with portal.database.transaction() as session:
        row = session.scalars(select(Invitation).where(Invitation.email == "one@example.org")).one()
        colleagues.cancel_invitation(people.manager.context(session, portal, NOW), row.id)
    assert len(kept_keys(portal)) == 1
    for days, left in ((invitations.DAYS, 1), (invitations.DAYS + 1, 0)):
        with portal.database.transaction() as session:
            purge.end_old_rows(Context(session, portal, SYSTEM, NOW + timedelta(days=days)))
        assert len(kept_keys(portal)) == left


def test_whoever_is_invited_again_keeps_no_session_from_before(portal, people):
    officer = people.officer
    token = finish(portal, prepare(portal, officer.email, PASSWORD), officer.code(LATER))
    assert token
    join(portal, invite(portal, people.manager, officer.email, ["manager"]))
    with portal.database.reading() as session:
        assert sessions.find_session(Context(session, portal, PUBLIC, LATER), "member", token) is None


def test_an_organisation_is_set_up_once(portal):
    """A second founding would replace the key: its members would be locked out of what comes."""
    with portal.database.transaction() as session:
        ctx = Context(session, portal, SYSTEM, NOW)
        home = organisations.enter_organisation(ctx, "New", "respondent")
        first, second = (
            invitations.add_invitation(ctx, home, ("A", f"{name}@example.org", ["manager"]), None)
            for name in ("a", "b")
        )
    join(portal, first)
    with portal.database.reading() as session:
        key = session.get(Organisation, home).public_key
    with pytest.raises(NotFound):
        join(portal, second)
    with portal.database.transaction() as session, pytest.raises(Conflict):
        organisations.found(Context(session, portal, SYSTEM, NOW), home)
    with portal.database.reading() as session:
        assert session.get(Organisation, home).public_key == key


@pytest.mark.parametrize("change", [{"status": "disabled"}, {"verifier": b"another"}])
def test_an_account_that_changes_during_the_attempt_lets_nobody_in(portal, people, change, monkeypatch):
    """Between reading the account and using up the code, somebody closes it or sets a new password."""
    officer, real = people.officer, sign_in.totp_step
    attempt = prepare(portal, officer.email, PASSWORD)
    with portal.database.transaction() as session:
        ctx = Context(session, portal, PUBLIC, LATER)

        def meanwhile(*given):
            session.execute(
                update(Member).where(Member.email == officer.email).values(change),
                execution_options={"synchronize_session": False},
            )
            return real(*given)

        monkeypatch.setattr(sign_in, "totp_step", meanwhile)
        assert sign_in.sign_in(ctx, attempt, officer.code(LATER)) is None
        assert session.scalars(select(Session)).all() == []


def test_one_code_at_two_workers_opens_one_session(portal, people):
    officer = people.officer
    attempts = [prepare(portal, officer.email, PASSWORD) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        tokens = list(pool.map(lambda each: finish(portal, each, officer.code(LATER)), attempts))
    assert len([token for token in tokens if token]) == 1


def test_guesses_made_at_once_are_counted_one_by_one(portal, people):
    attempts = [prepare(portal, people.officer.email, f"guess {number}") for number in range(12)]

    def guess(attempt):
        try:
            return finish(portal, attempt, "000000")
        except TooManyAttempts:
            return "slowed"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(guess, attempts))
    allowed = throttle.FREE_FAILURES + 1
    assert sorted(answers, key=str) == [None] * allowed + ["slowed"] * (12 - allowed)
    with portal.database.reading() as session:
        assert session.scalars(select(Throttle.failures)).all() == [allowed]


def test_the_old_password_cannot_be_guessed_at_leisure_with_a_stolen_session(portal, people):
    officer = people.officer

    def change(old):
        with portal.database.transaction() as session:
            ctx = officer.context(session, portal, LATER)
            return members.change_password(ctx, officer.actor.member_id, old, "eleven grey otters by a weir")

    for _ in range(throttle.FREE_FAILURES + 1):
        assert not change("wrong")
    with pytest.raises(TooManyAttempts):
        change(PASSWORD)


def test_nobody_is_invited_away_from_another_organisation(portal, people):
    code = invite(portal, people.manager, people.outsider.email, ["respondent"])
    with pytest.raises(InvalidInput, match="member_elsewhere"):
        join(portal, code)
