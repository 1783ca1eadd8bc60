"""Ciphertext bound to a case opens in its own place only: not in another row, column or case."""

import io

import pytest
from sqlalchemy import select, update

from app.crypto import padding, site, streams
from app.crypto.aead import Place
from app.crypto.errors import CannotOpen
from app.domain.errors import NotFound
from app.models import Commitment, Evidence, Grant, NoticeAddress, Offer, Part, Reporter
from app.models.registry import SEALED
from app.models.types import new_id
from app.services import evidence, evidence_storing, notices, reporters, vault
from app.services.context import PUBLIC, Context
from app.services.files.store import new_name
from tests.cases import file_case, offer, route, say
from tests.conftest import NOW

IN_COMPARTMENTS = ("part.body", "offer.summary", "commitment.detail", "commitment.proof")
TRIED_HERE = {
    *IN_COMPARTMENTS,
    "evidence.facts",
    "grant.sealed_key",
    "grant.wrapped_key",
    "notice_address.address",
    "reporter.sealed_private_key",
}
OF_NO_CASE = {
    "draft.content",
    "invitation.sealed_organisation_key",
    "member.sealed_organisation_key",
    "member.sealed_private_key",
    "member.sealed_totp_seed",
    "organisation.sealed_key",
    "session.content",
}
MODELS = {model.__tablename__: model for model in (Part, Offer, Commitment)}


def test_every_sealed_column_of_a_case_is_tried_here():
    assert TRIED_HERE | OF_NO_CASE == SEALED
    assert not TRIED_HERE & OF_NO_CASE


@pytest.fixture
def story(portal, people):
    """Two cases, the first with messages, an accepted-to-be offer and claimed promises; both reporters."""
    first = file_case(portal, [people.officer])
    other = file_case(portal)
    (party_id,) = route(portal, people, first, people.officer)
    say(portal, people.officer, first, party_id, "We are looking into it.", times=2)
    offer_id = offer(portal, people.officer, first, party_id)
    with portal.database.transaction() as session:
        session.execute(update(Offer).where(Offer.id == offer_id).values(state="accepted"))
    claim_all_without_steps(portal, people, first, party_id)
    return first, other


def claim_all_without_steps(portal, people, filed, party_id):
    """Seal a proof into every promise."""
    with portal.database.transaction() as session:
        ctx = people.officer.context(session, portal, NOW)
        (thread,) = [each for each in vault.open_case(ctx, filed.case_id).values() if each.kind == "thread"]
        for row in session.scalars(select(Commitment)):
            row.proof = vault.seal_in(thread.key, row, "proof", "see the log")


def right_key(ctx, row) -> bytes:
    """The key under which a row of the first case was sealed, whichever of its compartments it is in."""
    for each in vault.open_case(ctx, row.case_id).values():
        for column in ("body", "summary", "detail"):
            if hasattr(row, column):
                try:
                    vault.open_in(each.key, row, column)
                except CannotOpen:
                    continue
                return each.key
    raise AssertionError("no key opens this row where it belongs")


@pytest.mark.parametrize("name", IN_COMPARTMENTS)
def test_text_of_a_compartment_opens_nowhere_else_even_with_its_key(portal, story, name):
    first, other = story
    table, column = name.split(".")
    with portal.database.reading() as session:
        ctx = first.context(session, portal)
        for row in session.scalars(select(MODELS[table]).where(MODELS[table].case_id == first.case_id)):
            key, blob = right_key(ctx, row), getattr(row, column)
            assert vault.open_in(key, row, column)
            for moved in places_elsewhere(row, column, other.case_id):
                with pytest.raises(CannotOpen):
                    padding.open_text(key, blob, moved)


def places_elsewhere(row, column, other_case):
    """Every way to be in the wrong place, one at a time."""
    table = row.__tablename__
    yield Place(table, column, new_id(), row.case_id)
    yield Place(table, column, row.id, other_case)
    for elsewhere in SEALED - {f"{table}.{column}"}:
        yield Place(*elsewhere.split("."), row.id, row.case_id)


def test_bodies_of_one_conversation_cannot_change_places(portal, people, story):
    first, _other = story
    with portal.database.transaction() as session:
        one, two = session.scalars(select(Part).where(Part.kind == "message")).all()[:2]
        one.body, two.body = two.body, one.body
    with portal.database.reading() as session:
        ctx = first.context(session, portal)
        keys = vault.open_case(ctx, first.case_id)
        for part in session.scalars(select(Part).where(Part.kind == "message")):
            with pytest.raises(CannotOpen):
                vault.open_in(keys[part.compartment_id].key, part, "body")


def test_facts_and_bytes_of_a_file_cannot_change_places(portal, story):
    first, other = story
    stored = [
        evidence_storing.store_file(portal, first.case_id, f"{name}.txt", io.BytesIO(name.encode()))
        for name in ("one", "two")
    ]
    with portal.database.transaction() as session:
        ctx = first.context(session, portal)
        ids = [evidence.add_to_case(ctx, first.case_id, each) for each in stored]
    key = bytes.fromhex(stored[0].keys["shown"])
    with portal.database.reading() as session:
        row = session.get(Evidence, ids[0])
        assert evidence.read_file(row, first.case_id, key, None).number == row.number
        moved = Evidence(id=ids[1], number=1, by="reporter", added_on=NOW.date(), facts=row.facts)
        for place, case_id in ((moved, first.case_id), (row, other.case_id)):
            with pytest.raises(CannotOpen):
                evidence.read_file(place, case_id, key, None)
        for elsewhere in SEALED - {"evidence.facts"}:
            with pytest.raises(CannotOpen):
                padding.open_text(key, row.facts, Place(*elsewhere.split("."), row.id, first.case_id))
        with pytest.raises(CannotOpen):
            b"".join(streams.decrypt_chunks(key, new_name(), portal.store.get_stream(row.shown_name)))


def test_a_swapped_grant_opens_neither_compartment(portal, people, story):
    first, _other = story
    with portal.database.transaction() as session:
        one, two = session.scalars(select(Grant).where(Grant.reader_id == first.actor.reporter_id)).all()[:2]
        one.sealed_key, two.sealed_key = two.sealed_key, one.sealed_key
    with portal.database.reading() as session, pytest.raises(CannotOpen):
        vault.open_case(first.context(session, portal), first.case_id)


def test_a_kept_key_cannot_stand_for_another_compartment(portal, people, story):
    """Else what the host writes into its notes would be sealed with a key that the company holds."""
    first, _other = story
    host = people.caseworker.actor.organisation_id
    with portal.database.transaction() as session:
        vault.wrap_opened(people.caseworker.context(session, portal, NOW), first.case_id)
    mine = Grant.reader_id == host, Grant.case_id == first.case_id
    with portal.database.transaction() as session:
        one, two = (row.id for row in session.scalars(select(Grant).where(*mine)).all()[:2])
        wanted = session.get(Grant, one).compartment_id, session.get(Grant, two).compartment_id
        session.execute(update(Grant).where(Grant.id == one).values(reader_id="aside"))
        session.execute(update(Grant).where(Grant.id == two).values(compartment_id=wanted[0]))
        session.execute(update(Grant).where(Grant.id == one).values(compartment_id=wanted[1], reader_id=host))
    with portal.database.reading() as session, pytest.raises(CannotOpen):
        vault.open_case(people.caseworker.context(session, portal, NOW), first.case_id)


@pytest.mark.parametrize("change", ["row", "case", "column"])
def test_a_kept_key_opens_in_its_own_row_and_case_only(portal, people, story, change):
    first, other = story
    with portal.database.transaction() as session:
        vault.wrap_opened(people.caseworker.context(session, portal, NOW), first.case_id)
    with portal.database.transaction() as session:
        held = session.scalars(select(Grant).where(Grant.wrapped_key.is_not(None))).first()
        match change:
            case "row":
                held.id = new_id()
            case "case":
                held.case_id = other.case_id
            case "column":
                held.sealed_key, held.wrapped_key = held.wrapped_key, None
        session.flush()
        case_id = held.case_id
    with portal.database.reading() as session, pytest.raises(CannotOpen):
        vault.open_case(people.caseworker.context(session, portal, NOW), case_id)


def test_an_address_for_notices_opens_for_its_own_case_only(portal, story):
    first, other = story
    for filed in (first, other):
        with portal.database.transaction() as session:
            notices.set_address(filed.context(session, portal), filed.case_id, "a@example.org", "en")
    with portal.database.transaction() as session:
        one, two = session.scalars(select(NoticeAddress)).all()
        for column in ("other.address", "notice_address.language"):
            with pytest.raises(CannotOpen):
                place = Place(*column.split("."), one.id, one.case_id)
                site.open_for_site(portal.secrets, one.address, place)
        one.address, two.address = two.address, one.address
    for filed in (first, other):
        with portal.database.reading() as session, pytest.raises(CannotOpen):
            notices.find_addressee(filed.context(session, portal), filed.case_id)


@pytest.mark.parametrize("change", ["row", "case", "blob"])
def test_a_reporters_key_opens_in_its_own_row_and_case_only(portal, story, change):
    first, other = story
    with portal.database.transaction() as session:
        mine = session.get(Reporter, first.actor.reporter_id)
        theirs = session.get(Reporter, other.actor.reporter_id)
        match change:
            case "row":
                mine.id = new_id()
            case "case":
                mine.case_id = other.case_id
            case "blob":
                mine.sealed_private_key = theirs.sealed_private_key
    with portal.database.transaction() as session, pytest.raises(NotFound):
        reporters.enter(Context(session, portal, PUBLIC, NOW), first.code)
