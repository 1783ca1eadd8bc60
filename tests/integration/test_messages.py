"""Conversations: sealed in the right thread, and word of news for the person who asked for it."""

import pytest
from sqlalchemy import select

from app.domain.answers import Pressure
from app.domain.errors import IllegalTransition, InvalidInput, NotFound
from app.models import NoticeAddress, OutboxItem, Part
from app.services import course, messages, notices, vault
from tests.cases import file_case, route, say
from tests.conftest import NOW

WORDS = "Please delete the copies as well."


@pytest.fixture
def routed(portal, people):
    """A case with two parties: gives the reporter's hold on it and the parties' ids."""
    filed = file_case(portal, shared_with=[people.officer])
    return filed, *route(portal, people, filed, people.officer, people.upstream_officer)


def write(portal, filed, party_id, text=WORDS):
    with portal.database.transaction() as session:
        return messages.write(filed.context(session, portal), filed.case_id, party_id, text)


def read(portal, ctx_of, case_id, last=None):
    with portal.database.reading() as session:
        ctx = ctx_of(session)
        threads = messages.read(ctx, case_id, vault.open_case(ctx, case_id), last)
        return {thread.party_id: thread for thread in threads}


def as_member(portal, person):
    return lambda session: person.context(session, portal, NOW)


def as_reporter(portal, filed):
    return lambda session: filed.context(session, portal)


def test_each_thread_is_read_by_its_own_party_and_the_host(portal, people, routed):
    filed, one, two = routed
    write(portal, filed, one)
    assert read(portal, as_member(portal, people.officer), filed.case_id)[one].messages[0].text == WORDS
    assert read(portal, as_member(portal, people.caseworker), filed.case_id)[one].messages[0].text == WORDS
    upstream = read(portal, as_member(portal, people.upstream_officer), filed.case_id)
    assert list(upstream) == [two]
    assert upstream[two].messages == ()


def test_what_is_stored_is_sealed_and_padded(portal, people, routed):
    filed, one, _two = routed
    part_ids = [write(portal, filed, one, text) for text in (WORDS, "No.")]
    with portal.database.reading() as session:
        bodies = [session.get(Part, part_id).body for part_id in part_ids]
    assert WORDS.encode() not in bodies[0]
    assert len(bodies[0]) == len(bodies[1])


def test_the_answer_shows_who_wrote_it(portal, people, routed):
    filed, one, _two = routed
    write(portal, filed, one)
    say(portal, people.officer, filed, one, "We look into it.")
    mine, theirs = read(portal, as_reporter(portal, filed), filed.case_id)[one].messages
    assert (mine.by, mine.organisation, mine.member) == ("reporter", None, None)
    assert (theirs.by, theirs.organisation, theirs.member) == ("organisation", "Lumen Chat", "Dana Petrov")


def test_only_the_last_ones_are_opened_when_asked(portal, people, routed):
    filed, one, _two = routed
    say(portal, people.officer, filed, one, "Hello", times=4)
    thread = read(portal, as_reporter(portal, filed), filed.case_id, last=3)[one]
    assert (len(thread.messages), thread.earlier) == (3, 1)


def test_foreign_threads_are_not_found(portal, people, routed):
    filed, one, two = routed
    other = file_case(portal)
    with pytest.raises(NotFound), portal.database.transaction() as session:
        messages.write(other.context(session, portal), filed.case_id, one, WORDS)
    for person, party_id in ((people.officer, two), (people.officer, None), (people.outsider, one)):
        with pytest.raises(NotFound):
            say(portal, person, filed, party_id, WORDS)


@pytest.mark.parametrize(("text", "code"), [(" \n", "empty_text"), ("a" * 20_001, "long_text")])
def test_texts_that_are_not_taken(portal, routed, text, code):
    with pytest.raises(InvalidInput) as refusal:
        write(portal, routed[0], None, text)
    assert refusal.value.code == code


def test_nothing_passes_to_a_company_after_the_end_but_the_host_still_hears(portal, people, routed):
    filed, one, _two = routed
    with portal.database.transaction() as session:
        course.withdraw(filed.context(session, portal), filed.case_id, Pressure.NONE)
    with pytest.raises(IllegalTransition):
        write(portal, filed, one)
    write(portal, filed, None)


def test_a_company_is_silent_while_the_person_pauses(portal, people, routed):
    filed, one, _two = routed
    with portal.database.transaction() as session:
        course.pause(filed.context(session, portal), filed.case_id)
    with pytest.raises(IllegalTransition):
        say(portal, people.officer, filed, one, "Are you there?")
    say(portal, people.caseworker, filed, None, "Take your time.")


def test_word_of_news_is_asked_for_when_a_member_wrote(portal, people, routed):
    filed, one, _two = routed
    write(portal, filed, one)
    with portal.database.reading() as session:
        assert session.scalars(select(OutboxItem)).all() == []
    say(portal, people.officer, filed, one, "We look into it.")
    with portal.database.reading() as session:
        (item,) = session.execute(select(OutboxItem.task, OutboxItem.subject_id))
    assert tuple(item) == (notices.TASK, filed.case_id)


def test_the_address_is_off_until_given_sealed_and_removable(portal, people, routed):
    filed = routed[0]

    def found():
        with portal.database.reading() as session:
            return notices.find_addressee(filed.context(session, portal), filed.case_id)

    def change(use_case, *args):
        with portal.database.transaction() as session:
            use_case(filed.context(session, portal), filed.case_id, *args)

    assert found() is None
    change(notices.set_address, "old@example.org", "en")
    change(notices.set_address, " noor@example.org ", "ar")
    assert found() == notices.Addressee("noor@example.org", "ar")
    with portal.database.reading() as session:
        (row,) = session.scalars(select(NoticeAddress))
        assert b"noor" not in row.address
    with pytest.raises(InvalidInput):
        change(notices.set_address, "noor at example", "en")
    change(notices.remove_address)
    assert found() is None
