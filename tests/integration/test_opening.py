"""Opening a case: who may, what they get, and the record of it."""

import pytest
from sqlalchemy import event, select, update

from app.domain.errors import NotAllowed, NotFound, RequirementsMissing
from app.models import AuditEntry, Case, Grant, Member
from app.services import desk_case, opening
from tests import cases
from tests.conftest import NOW


@pytest.fixture
def filed(portal, people):
    """A case that was sent to Lumen Chat and Deep Model, with the statement for Lumen Chat alone."""
    made = cases.file_case(portal, [people.officer])
    cases.route(portal, people, made, people.officer, people.upstream_officer)
    return made


@pytest.fixture
def promised(portal, people):
    """Everybody has given the undertaking."""
    with portal.database.transaction() as session:
        session.execute(update(Member).values(undertaking_on=NOW.date()))


def opened(portal, person, filed):
    with portal.database.reading() as session:
        reference = session.get(Case, filed.case_id).reference
    with portal.database.transaction() as session:
        found = opening.record_opening(person.context(session, portal, NOW), reference)
    with portal.database.reading() as session:
        return desk_case.read(person.context(session, portal, NOW), found)


def audited(portal, filed):
    query = select(AuditEntry.action, AuditEntry.actor, AuditEntry.facts)
    query = query.where(AuditEntry.chain == f"case:{filed.case_id}", AuditEntry.action.endswith(":opened"))
    with portal.database.reading() as session:
        return session.execute(query).all()


def test_the_host_reads_the_report_and_not_who_the_person_is(portal, people, filed):
    case = opened(portal, people.caseworker, filed)
    assert case.content.statement.happened == cases.STATEMENT["happened"]
    assert case.content.identity is None
    assert {thread.party_id for thread in case.threads} == {None, *(party.id for party in case.parties)}
    assert len(case.parties) == 2


def test_a_party_reads_what_was_agreed_and_only_its_own_thread(portal, people, filed, promised):
    case = opened(portal, people.officer, filed)
    assert case.content.statement and case.content.identity is None
    assert [party.own for party in case.parties] == [True]
    assert [thread.party_id for thread in case.threads] == [case.parties[0].id]
    assert {step.party_id for step in case.history} <= {None, case.parties[0].id}
    upstream = opened(portal, people.upstream_officer, filed)
    assert upstream.content.statement is None and upstream.points[0].kind == "harm"


def test_without_the_undertaking_nothing_is_opened(portal, people, filed):
    with pytest.raises(RequirementsMissing):
        opened(portal, people.officer, filed)
    assert not audited(portal, filed)


def test_for_everybody_else_there_is_no_such_case(portal, people, filed, promised):
    with pytest.raises(NotFound):
        opened(portal, people.outsider, filed)
    for person in (people.manager,):
        with pytest.raises(NotAllowed):
            opened(portal, person, filed)
    assert not audited(portal, filed)


def test_every_part_that_was_read_is_on_the_record(portal, people, filed):
    opened(portal, people.caseworker, filed)
    rows = audited(portal, filed)
    kinds = sorted(row.action.split(":")[1] for row in rows)
    assert kinds == ["notes", "statement", "thread", "thread", "thread"]
    assert {row.actor for row in rows} == {f"member:{people.caseworker.actor.member_id}"}
    assert rows[0].facts == {"organisation": people.caseworker.actor.organisation_id, "role": "caseworker"}


@pytest.mark.parametrize("name", ["caseworker", "officer"])
def test_a_case_page_costs_few_statements(portal, people, filed, promised, name):
    person, statements = getattr(people, name), []
    opened(portal, person, filed)
    event.listen(portal.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    opened(portal, person, filed)
    counted = [text for text in statements if text.split()[0] in {"SELECT", "INSERT", "UPDATE"}]
    # The look-up of the reference is this test's own; the page needs one more for its session.
    assert len(counted) - 1 <= 11, "\n".join(text[:90] for text in counted)


def test_what_is_opened_first_is_kept_under_the_organisations_own_key(portal, people, filed):
    opened(portal, people.caseworker, filed)
    host = people.caseworker.actor.organisation_id
    with portal.database.reading() as session:
        assert all(session.scalars(select(Grant.wrapped_key).where(Grant.reader_id == host)))
