"""The queue: severity first, then the day; paged by key and stable whatever the size; few statements."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from app.domain.errors import InvalidInput, NotAllowed, RequirementsMissing
from app.domain.systems import SystemFacts, SystemKind
from app.models import Case, Member
from app.models.types import new_id
from app.services import queue
from app.services.queue import Wanted
from app.services.systems import add
from tests import cases
from tests.conftest import NOW

ALL = Wanted()


def page(portal, person, wanted=ALL, cursor="", size=25):
    with portal.database.reading() as session:
        return queue.find_page(person.context(session, portal, NOW), wanted, cursor, size)


def references(found):
    return [row.reference for row in found.rows]


@pytest.fixture
def many(portal, people):
    """200 cases of three severities and two days, so that most share a sort key; references in no order."""
    with portal.database.transaction() as session:
        for number in range(200):
            case = Case(
                id=new_id(), reference=f"RC-{number:08d}", host_id=people.caseworker.actor.organisation_id
            )
            case.language, case.channel, case.kind, case.state, case.band = (
                "en",
                "web",
                "actual",
                "screening",
                "low",
            )
            case.closed, case.state_since, case.submitted_on = False, NOW.date(), NOW.date()
            case.scale = case.scope = case.irremediability = 1
            case.delay_makes_irremediable, case.queue_key, case.flags = False, number % 3, []
            case.due_id, case.due_on = "admissibility", NOW.date() + timedelta(days=number % 2 - 1)
            session.add(case)
    return people


def test_every_case_comes_once_and_in_order_forwards_and_back(portal, many):
    seen, cursor, pages = [], "", []
    while cursor is not None:
        found = page(portal, many.caseworker, cursor=cursor, size=30)
        pages.append(references(found))
        seen += found.rows
        cursor = found.next
    assert len({row.reference for row in seen}) == len(seen) == 200
    keys = [(int(row.reference[3:]) % 3, row.due_on) for row in seen]
    assert keys == sorted(keys)
    back = [references(found)]
    while found.previous:
        found = page(portal, many.caseworker, cursor=found.previous, size=30)
        back.insert(0, references(found))
    assert [name for each in back for name in each] == [name for each in pages for name in each]
    assert found.previous is None and found.next


def test_a_new_case_shifts_no_page(portal, many):
    first = page(portal, many.caseworker, size=30)
    expected = references(page(portal, many.caseworker, cursor=first.next, size=30))
    filed = cases.file_case(portal)
    with portal.database.transaction() as session:
        session.get(Case, filed.case_id).queue_key = -1
    assert references(page(portal, many.caseworker, cursor=first.next, size=30)) == expected


@pytest.mark.parametrize("size", [5, 100])
def test_a_page_costs_the_same_whatever_its_size(portal, many, size):
    statements = []
    event.listen(portal.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert len(page(portal, many.caseworker, size=size).rows) == size
    assert len([text for text in statements if text.startswith("SELECT")]) <= 4  # and one for the session


def test_filters(portal, many):
    filed = cases.file_case(portal)
    with portal.database.transaction() as session:
        ctx = replace(many.manager.context(session, portal, NOW))
        system = add(ctx, SystemFacts("Lumen Chat", SystemKind.APPLICATION, "system_deployer", ("Lumi",)))
        case = session.get(Case, filed.case_id)
        case.system_id, case.caseworker_id = system, many.caseworker.actor.member_id
        reference = case.reference
    narrow = {
        "state": Wanted(state="submitted"),
        "right": Wanted(right="privacy"),
        "system": Wanted(system="LUMÍ"),
        "mine": Wanted(mine=True),
    }
    for name, wanted in narrow.items():
        assert references(page(portal, many.caseworker, wanted)) == [reference], name
    late = page(portal, many.caseworker, Wanted(overdue=True), size=200)
    assert len(late.rows) == 100 and all(row.overdue for row in late.rows)
    assert not page(portal, many.second_caseworker, Wanted(mine=True)).rows


def test_officers_list_their_own_threads_and_only_after_their_promise(portal, people):
    filed = cases.file_case(portal, [people.officer])
    cases.route(portal, people, filed, people.officer)
    with pytest.raises(RequirementsMissing):
        page(portal, people.officer)
    with portal.database.transaction() as session:
        session.execute(update(Member).values(undertaking_on=NOW.date()))
    (row,) = page(portal, people.officer).rows
    assert row.state == "routed" and row.harms and not row.pending
    assert not page(portal, people.outsider).rows
    with pytest.raises(NotAllowed):
        page(portal, people.manager)


@pytest.mark.parametrize("cursor", ["x", "bm90IGpzb24", "WzFd", "é"])
def test_a_cursor_that_is_none_is_refused(portal, people, cursor):
    with pytest.raises(InvalidInput):
        page(portal, people.caseworker, cursor=cursor)
