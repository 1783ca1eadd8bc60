"""What is wrong and what is unknown differ in nothing but chance: the same answer, the same statements, the
same work of Argon2."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, event, update

from app.crypto import codes, kdf
from app.domain.errors import InvalidInput, NotFound
from app.models import Case, Invitation, Member, Reporter
from app.services import invitations, reporters, sign_in
from app.services.context import PUBLIC, Context
from tests.cases import file_case
from tests.conftest import NOW
from tests.people import PASSWORD

LATER = NOW + timedelta(minutes=5)


class Work:
    """The statements and the stretches of passwords and codes, in order."""

    def __init__(self, portal, monkeypatch):
        self.done = []
        event.listen(portal.database.engine, "before_cursor_execute", self._note)
        real = kdf.stretch

        def counted(*given):
            self.done.append(("argon2", given[-1]))
            return real(*given)

        monkeypatch.setattr(kdf, "stretch", counted)
        monkeypatch.setattr(codes, "stretch", counted)

    def _note(self, _connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "SAVEPOINT", "ROLLBACK", "RELEASE")):
            self.done.append(statement)

    def of(self, act) -> list:
        self.done.clear()
        act()
        return list(self.done)


@pytest.fixture
def work(portal, monkeypatch):
    return Work(portal, monkeypatch)


def test_an_unknown_an_erased_and_a_broken_case_code_cost_the_same(portal, people, work):
    erased, broken = file_case(portal), file_case(portal)
    with portal.database.transaction() as session:
        session.execute(delete(Case).where(Case.id == erased.case_id))
        blob = b"\x01" + bytes(140)
        session.execute(
            update(Reporter).where(Reporter.case_id == broken.case_id).values(sealed_private_key=blob)
        )
    costs = [
        work.of(lambda code=code: enter(portal, code))
        for code in (codes.new_code(), erased.code, broken.code)
    ]
    assert costs[0] == costs[1] == costs[2]
    assert [step for step in costs[0] if step[0] == "argon2"]


def enter(portal, code):
    with portal.database.transaction() as session, pytest.raises(NotFound) as refused:
        reporters.enter(Context(session, portal, PUBLIC, NOW), code)
    assert refused.value.args == ("code",)


def test_a_mistyped_case_code_costs_nothing(portal, people, work):
    code = codes.new_code()

    def mistyped():
        with portal.database.transaction() as session, pytest.raises(InvalidInput, match="code_wrong_length"):
            reporters.enter(Context(session, portal, PUBLIC, NOW), code[:-1])

    assert work.of(mistyped) == []


def test_an_unknown_a_used_and_an_ended_invitation_cost_the_same(portal, people, work):
    with portal.database.transaction() as session:
        ctx = people.manager.context(session, portal, NOW)
        used, ended = (invitations.invite(ctx, "A", f"{n}@example.org", ["manager"]) for n in ("a", "b"))
    with portal.database.transaction() as session:
        mine = Context(session, portal, PUBLIC, NOW)
        invitations.use_up(mine, invitations.open_invitation(mine, used).id)
        session.execute(
            update(Invitation)
            .where(Invitation.email == "b@example.org")
            .values(expires_on=NOW.date() - timedelta(days=1))
        )

    def refuse(code):
        with portal.database.reading() as session, pytest.raises(NotFound):
            invitations.open_invitation(Context(session, portal, PUBLIC, NOW), code)

    costs = [work.of(lambda code=code: refuse(code)) for code in (codes.new_code(), used, ended)]
    assert costs[0] == costs[1] == costs[2]


def test_wrong_password_unknown_account_and_closed_account_cost_the_same(portal, people, work):
    with portal.database.transaction() as session:
        member = session.get(Member, people.upstream_officer.actor.member_id)
        member.status = "disabled"
    tries = [
        (people.officer.email, "not the password at all"),
        ("nobody@example.org", PASSWORD),
        (people.upstream_officer.email, PASSWORD),
    ]
    costs = [work.of(lambda given=given: fail(portal, *given)) for given in tries]
    assert costs[0] == costs[1] == costs[2]
    assert sum(step[0] == "argon2" for step in costs[0]) == 1


def fail(portal, email, password):
    with portal.database.reading() as session:
        attempt = sign_in.prepare(Context(session, portal, PUBLIC, LATER), email, password)
    with portal.database.transaction() as session:
        assert sign_in.sign_in(Context(session, portal, PUBLIC, LATER), attempt, "123456") is None


def test_the_costly_half_of_signing_in_keeps_nobody_from_writing(portal, people, monkeypatch):
    """A flood of passwords must not hold up a report: on SQLite there is one writer at a time."""
    real, wrote = kdf.stretch, []

    def meanwhile(*given):
        with portal.database.transaction() as other:
            other.execute(update(Member).values(language="fr"))
        wrote.append(True)
        return real(*given)

    monkeypatch.setattr(kdf, "stretch", meanwhile)
    with portal.database.reading() as session:
        sign_in.prepare(Context(session, portal, PUBLIC, LATER), people.officer.email, "anything")
    assert wrote
