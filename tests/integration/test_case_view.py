"""The case as its reporter sees it: what is due, who opened it, in a few statements whatever its size."""

import pytest
from sqlalchemy import event

from app.domain.errors import NotFound
from app.models import Case
from app.services import case_view, course, opening
from tests import cases
from tests.conftest import NOW

STATEMENTS = 11  # and one more for the session


@pytest.fixture
def filed(portal, people):
    return cases.file_case(portal, [people.officer])


def view(portal, filed, now=NOW, last=None):
    with portal.database.reading() as session:
        return case_view.view(filed.context(session, portal, now), last)


def test_before_any_company_the_person_sees_the_own_words_and_what_comes_next(portal, people, filed):
    seen = view(portal, filed)
    assert seen.state == "submitted"
    assert seen.content.statement.happened == cases.STATEMENT["happened"]
    assert seen.content.identity.name == cases.IDENTITY["name"]
    assert seen.parties == ()
    assert (seen.dues[0].id, seen.dues[0].owner) == ("acknowledge", "caseworker")
    assert {"pause", "withdraw", "safety_flag"} <= seen.actions


def test_each_company_has_its_own_days_and_actions(portal, people, filed):
    one, two = cases.route(portal, people, filed, people.officer, people.upstream_officer)
    cases.offer(portal, people.officer, filed, one)
    seen = view(portal, filed)
    assert seen.party(one).actions == {"agree", "reject"}
    assert seen.party(two).actions == frozenset()
    assert ("consider_offer", "") in [(due.id, due.company) for due in seen.dues]
    assert ("actor_ack", "Deep Model") in [(due.id, due.company) for due in seen.dues]
    with pytest.raises(NotFound):
        seen.party("0" * 32)


def test_a_day_that_passed_is_called_late(portal, people, filed):
    assert not any(due.late for due in view(portal, filed).dues)
    assert view(portal, filed, cases.later(8)).dues[0].late


def test_while_paused_nothing_is_due_or_offered_but_to_go_on(portal, people, filed):
    (party_id,) = cases.route(portal, people, filed, people.officer)
    cases.offer(portal, people.officer, filed, party_id)
    with portal.database.transaction() as session:
        course.pause(filed.context(session, portal), filed.case_id)
    seen = view(portal, filed)
    assert seen.dues == ()
    assert seen.party(party_id).actions == frozenset()
    assert "resume" in seen.actions


def test_openings_are_told_by_organisation_role_and_day(portal, people, filed):
    with portal.database.transaction() as session:
        reference = session.get(Case, filed.case_id).reference
    for now in (NOW, NOW, cases.later(1)):
        with portal.database.transaction() as session:
            opening.record_opening(people.caseworker.context(session, portal, now), reference)
    seen = view(portal, filed).openings
    assert [each.on for each in seen] == [cases.later(1).date(), NOW.date()]
    assert {(each.organisation, each.role) for each in seen} == {("Recourse Secretariat", "caseworker")}
    assert set(seen[0].parts) == {"notes", "statement", "thread"}


def test_without_a_case_there_is_nothing_to_see(portal, people, filed):
    with portal.database.reading() as session, pytest.raises(NotFound):
        case_view.view(people.caseworker.context(session, portal, NOW))


def test_a_growing_case_costs_no_more_statements(portal, people, filed):
    seen = []

    def count(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    def cost():
        seen.clear()
        view(portal, filed, last=3)
        return len(seen)

    event.listen(portal.database.engine, "before_cursor_execute", count)
    one, two = cases.route(portal, people, filed, people.officer, people.upstream_officer)
    small = cost()
    cases.offer(portal, people.officer, filed, one)
    cases.say(portal, people.officer, filed, one, "Hello", times=20)
    cases.say(portal, people.upstream_officer, filed, two, "Hello", times=20)
    assert cost() == small <= STATEMENTS, "\n".join(seen)
