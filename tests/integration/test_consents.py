"""Consent is keys: what it covers opens, and taken back it leaves no grant."""

import pytest
from sqlalchemy import select

from app.domain.errors import Conflict, IllegalTransition, InvalidInput, NotFound
from app.models import Event, Grant
from app.services import consents, course, vault
from app.services.consent_preview import preview
from tests.cases import IDENTITY, file_case, route
from tests.conftest import NOW


def opened_by(portal, person, filed):
    """The kinds of compartments that a person's organisation opens."""
    with portal.database.reading() as session:
        ctx = person.context(session, portal, NOW)
        return sorted(each.kind for each in vault.open_case(ctx, filed.case_id).values())


def give(portal, filed, person, *covers):
    with portal.database.transaction() as session:
        organisation_id = person.actor.organisation_id
        return consents.give(filed.context(session, portal), filed.case_id, organisation_id, covers, "en")


def withdraw(portal, filed, consent_id):
    with portal.database.transaction() as session:
        consents.withdraw(filed.context(session, portal), filed.case_id, consent_id)


def test_a_party_reads_what_the_consent_covers_and_nothing_else(portal, people):
    filed = file_case(portal, shared_with=[people.officer])
    route(portal, people, filed, people.officer, people.upstream_officer)
    assert opened_by(portal, people.officer, filed) == ["notes", "statement", "thread"]
    assert opened_by(portal, people.upstream_officer, filed) == ["notes", "thread"]
    assert opened_by(portal, people.outsider, filed) == []


def test_consent_given_to_a_party_opens_at_once(portal, people):
    filed = file_case(portal)
    route(portal, people, filed, people.officer)
    give(portal, filed, people.officer, "statement", "identity")
    assert opened_by(portal, people.officer, filed) == ["identity", "notes", "statement", "thread"]


def test_consent_before_the_company_is_a_party_waits_for_it(portal, people):
    filed = file_case(portal)
    give(portal, filed, people.officer, "statement")
    assert opened_by(portal, people.officer, filed) == []
    route(portal, people, filed, people.officer)
    assert "statement" in opened_by(portal, people.officer, filed)


def test_a_withdrawn_consent_leaves_no_grant_and_the_vault_opens_nothing_of_it(portal, people):
    filed = file_case(portal, shared_with=[people.officer], covers=("statement", "identity"))
    route(portal, people, filed, people.officer)
    with portal.database.transaction() as session:  # the company has read it before
        vault.wrap_opened(people.officer.context(session, portal, NOW), filed.case_id)
    with portal.database.reading() as session:
        (consent,) = consents.list_consents(filed.context(session, portal), filed.case_id)
    withdraw(portal, filed, consent.id)
    assert opened_by(portal, people.officer, filed) == ["notes", "thread"]
    with portal.database.reading() as session:
        assert session.scalars(select(Grant).where(Grant.consent_id == consent.id)).all() == []
        event = session.scalars(select(Event).where(Event.action == "consent_withdrawn")).one()
        assert event.party_id is not None
        assert event.facts["covers"] == ["statement", "identity"]
    with pytest.raises(Conflict):
        withdraw(portal, filed, consent.id)


def test_giving_anew_replaces_the_consent_before(portal, people):
    filed = file_case(portal, shared_with=[people.officer], covers=("statement", "identity"))
    route(portal, people, filed, people.officer)
    give(portal, filed, people.officer, "statement")
    assert opened_by(portal, people.officer, filed) == ["notes", "statement", "thread"]
    with portal.database.reading() as session:
        listed = consents.list_consents(filed.context(session, portal), filed.case_id)
    assert sorted((each.living, each.covers) for each in listed) == [
        (False, ("statement", "identity")),
        (True, ("statement",)),
    ]


def test_the_preview_is_what_the_organisation_then_opens(portal, people):
    filed = file_case(portal)
    route(portal, people, filed, people.officer)
    with portal.database.reading() as session:
        ctx = filed.context(session, portal)
        shown = preview(ctx, people.officer.actor.organisation_id, ["identity"])
    assert shown.organisation == "Lumen Chat"
    assert shown.content.statement is None
    assert shown.content.identity.name == IDENTITY["name"]
    give(portal, filed, people.officer, "identity")
    assert opened_by(portal, people.officer, filed) == ["identity", "notes", "thread"]


@pytest.mark.parametrize("covers", [[], ["notes"], ["statement", "thread"]])
def test_only_what_can_be_shared_is_taken(portal, people, covers):
    filed = file_case(portal)
    with pytest.raises(InvalidInput):
        give(portal, filed, people.officer, *covers)


def test_who_takes_no_part_and_foreign_cases_are_not_found(portal, people):
    filed, other = file_case(portal), file_case(portal)
    with pytest.raises(NotFound), portal.database.transaction() as session:
        consents.give(other.context(session, portal), filed.case_id, "0" * 32, ["statement"], "en")
    with pytest.raises(NotFound), portal.database.transaction() as session:
        consents.give(filed.context(session, portal), filed.case_id, "0" * 32, ["statement"], "en")
    consent_id = give(portal, filed, people.officer, "statement")
    with pytest.raises(NotFound):
        withdraw(portal, other, consent_id)


def test_while_safety_comes_first_nothing_more_goes_to_a_company(portal, people):
    filed = file_case(portal)
    route(portal, people, filed, people.officer)
    with portal.database.transaction() as session:
        course.ask_for_safety(filed.context(session, portal), filed.case_id, "I am afraid.")
    with pytest.raises(IllegalTransition):
        give(portal, filed, people.officer, "statement")


def test_a_new_piece_goes_to_parties_whose_living_consent_covers_it(portal, people):
    filed = file_case(portal, shared_with=[people.officer, people.outsider], covers=("statement", "evidence"))
    route(portal, people, filed, people.officer)
    with portal.database.reading() as session:
        readers = consents.readers_for(filed.context(session, portal), filed.case_id, "evidence")
    assert [reader.id for reader in readers] == [people.officer.actor.organisation_id]
