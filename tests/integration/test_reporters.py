"""The code opens one case; a wrong code and an unknown one differ in nothing but chance."""

import pytest
from sqlalchemy import event, update

from app.crypto import aead, codes, kdf
from app.domain.errors import InvalidInput, NotFound
from app.models import Reporter
from app.services import reporters, sessions
from app.services.context import PUBLIC, Context
from tests.cases import file_case
from tests.conftest import NOW


@pytest.fixture
def work(portal, monkeypatch):
    """Counts what a try costs: Argon2 runs, openings, statements."""
    done = {"stretched": 0, "opened": 0, "statements": 0}

    def counted(module, name, key):
        real = getattr(module, name)

        def count(*args, **kwargs):
            done[key] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, count)

    counted(codes, "stretch", "stretched")
    counted(kdf, "stretch", "stretched")
    counted(aead, "open_sealed", "opened")

    def statement(*_args):
        done["statements"] += 1

    event.listen(portal.database.engine, "before_cursor_execute", statement)
    yield done
    event.remove(portal.database.engine, "before_cursor_execute", statement)


def enter(portal, typed):
    with portal.database.transaction() as session:
        return reporters.enter(Context(session, portal, PUBLIC, NOW), typed)


def test_the_code_opens_a_session_in_its_own_case(portal, people):
    filed = file_case(portal)
    token = enter(portal, "-".join(codes.groups(filed.code)))
    with portal.database.reading() as session:
        found = sessions.find_session(Context(session, portal, PUBLIC, NOW), "reporter", token)
    assert found == {
        "reporter_id": filed.actor.reporter_id,
        "case_id": filed.case_id,
        "private_key": filed.vault.private_key.hex(),
    }


def test_digits_of_any_script_open_it(portal, people):
    filed = file_case(portal)
    assert enter(portal, filed.code.translate({48 + digit: 0x0660 + digit for digit in range(10)}))


def test_a_wrong_and_an_unknown_code_cost_the_same_and_say_the_same(portal, people, work):
    filed = file_case(portal)
    seen = []
    for spoiled in (False, True):
        typed = filed.code if spoiled else codes.new_code()
        if spoiled:  # the code is known, yet its key does not open: a row moved or changed
            with portal.database.transaction() as session:
                session.execute(update(Reporter).values(sealed_private_key=b"\1" + bytes(124)))
        work.update(stretched=0, opened=0, statements=0)
        with pytest.raises(NotFound) as refusal:
            enter(portal, typed)
        seen.append((refusal.value.code, refusal.value.args, dict(work)))
    assert seen[0] == seen[1]
    assert seen[0][2]["stretched"] == 1
    assert seen[0][2]["opened"] == 1


def test_a_typing_error_is_told_before_any_work(portal, people, work):
    filed = file_case(portal)
    work.update(stretched=0, opened=0, statements=0)
    wrong = filed.code[:-1] + str((int(filed.code[-1]) + 1) % 10)
    for typed, why in ((wrong, "wrong_check"), ("12", "wrong_length"), ("x" * 28, "wrong_character")):
        with pytest.raises(InvalidInput) as refusal:
            enter(portal, typed)
        assert refusal.value.code == f"code_{why}"
    assert (work["stretched"], work["opened"]) == (0, 0)
