"""Compartments as attacks: who holds no grant opens nothing, and moved ciphertext opens nowhere."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.crypto.errors import CannotOpen
from app.models import Case, Compartment, Grant, Organisation, Part
from app.models.types import NO_DAY, new_id
from app.services import vault
from app.services.context import Context, Vault
from tests.conftest import NOW


def bare_case(ctx) -> str:
    """A case row without content."""
    host = ctx.actor.organisation_id
    codes = {"language": "en", "channel": "web", "kind": "actual", "state": "screening", "band": "low"}
    levels = {"scale": 1, "scope": 1, "irremediability": 1, "delay_makes_irremediable": False, "queue_key": 1}
    days = {"state_since": ctx.today, "due_on": NO_DAY, "submitted_on": ctx.today}
    case = Case(
        id=new_id(), reference=new_id()[:11], host_id=host, closed=False, flags=[], **codes, **levels, **days
    )
    ctx.session.add(case)
    ctx.session.flush()
    return case.id


@pytest.fixture
def sealed(portal, people):
    """A case with a statement that the host alone may open; gives its ids."""
    with portal.database.transaction() as session:
        ctx = people.caseworker.context(session, portal, NOW)
        case_id = bare_case(ctx)
        host = session.get(Organisation, ctx.actor.organisation_id)
        opened = vault.new_compartment(
            ctx, case_id, "statement", [vault.Reader("organisation", host.id, host.public_key)]
        )
        session.flush()
        part = Part(
            id=new_id(), case_id=case_id, compartment_id=opened.id, kind="statement", number=1, by="reporter"
        )
        part.written_on = ctx.today
        part.body = vault.seal_in(opened.key, part, "body", "what happened")
        session.add(part)
    return case_id, opened.id, part.id


def keys(portal, person, case_id, now=NOW):
    with portal.database.reading() as session:
        return vault.open_case(person.context(session, portal, now), case_id)


def test_the_grant_opens_what_was_sealed(portal, people, sealed):
    case_id, compartment_id, part_id = sealed
    opened = keys(portal, people.caseworker, case_id)[compartment_id]
    with portal.database.reading() as session:
        assert vault.open_in(opened.key, session.get(Part, part_id), "body") == "what happened"


def test_others_hold_no_grant(portal, people, sealed):
    assert keys(portal, people.officer, sealed[0]) == {}


def test_a_grant_relabelled_for_another_reader_does_not_open(portal, people, sealed):
    with portal.database.transaction() as session:
        session.execute(update(Grant).values(reader_id=people.officer.actor.organisation_id))
    with pytest.raises(CannotOpen):
        keys(portal, people.officer, sealed[0])


def test_a_grant_moved_to_another_compartment_or_case_does_not_open(portal, people, sealed):
    with portal.database.transaction() as session:
        ctx = people.caseworker.context(session, portal, NOW)
        other = bare_case(ctx)
        compartment = Compartment(id=new_id(), case_id=other, kind="statement")
        session.add(compartment)
        session.flush()
        session.execute(update(Grant).values(compartment_id=compartment.id, case_id=other))
    with pytest.raises(CannotOpen):
        keys(portal, people.caseworker, other)


def test_a_part_moved_to_another_row_or_case_does_not_open(portal, people, sealed):
    case_id, compartment_id, part_id = sealed
    key = keys(portal, people.caseworker, case_id)[compartment_id].key
    with portal.database.reading() as session:
        part = session.get(Part, part_id)
        for moved in ({"id": new_id(), "case_id": case_id}, {"id": part.id, "case_id": new_id()}):
            copy = Part(body=part.body, **moved)
            with pytest.raises(CannotOpen):
                vault.open_in(key, copy, "body")


def test_an_ended_grant_opens_nothing(portal, people, sealed):
    with portal.database.transaction() as session:
        session.execute(update(Grant).values(expires_on=NOW.date()))
    assert keys(portal, people.caseworker, sealed[0])
    assert keys(portal, people.caseworker, sealed[0], NOW + timedelta(days=1)) == {}


def test_after_the_first_opening_the_wrapped_key_serves_and_the_bare_row_still_opens_nothing(
    portal, people, sealed
):
    case_id, compartment_id, _part = sealed
    with portal.database.transaction() as session:
        vault.wrap_opened(people.caseworker.context(session, portal, NOW), case_id)
    with portal.database.reading() as session:
        assert session.scalars(select(Grant)).one().wrapped_key is not None
        ctx = people.caseworker.context(session, portal, NOW)
        without_private = Vault(ctx.vault.reader_id, b"", ctx.vault.symmetric_key)
        assert compartment_id in vault.open_case(
            Context(session, portal, ctx.actor, NOW, without_private), case_id
        )
        wrong = Vault(ctx.vault.reader_id, b"\0" * 96, b"\0" * 32)
        with pytest.raises(CannotOpen):
            vault.open_case(Context(session, portal, ctx.actor, NOW, wrong), case_id)
