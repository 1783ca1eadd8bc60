"""Files: sealed as they come, cleaned for others, whole for the person, and only where safeguards allow."""

import hashlib
import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.crypto.errors import CannotOpen
from app.domain.errors import Conflict, NotFound
from app.models import Case, Evidence
from app.services import draft_files, drafts, evidence, filing, vault
from app.services.evidence_storing import store_file
from app.services.files.kinds import FileRefused
from tests.conftest import NOW
from tests.integration.test_filing import as_reporter, begin, public, send
from tests.unit.files.samples import SECRET, photo

NAME = "Amina at home.jpg"
TEXT = {"what": {"happened": "It showed my flat."}}


def add(portal, token, content=None, name=NAME) -> str:
    content = photo() if content is None else content
    with portal.database.reading() as session:
        case_id = drafts.find(public(session, portal), token).case_id
    stored = store_file(portal, case_id, name, io.BytesIO(content))
    with portal.database.transaction() as session:
        draft_files.add_file(public(session, portal), token, stored)
    return stored.id


def stored_bytes(portal) -> bytes:
    folder = portal.settings.instance_dir / "evidence"
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def listed(ctx, case_id):
    return evidence.list_evidence(ctx, case_id, vault.open_case(ctx, case_id))


def read(ctx, case_id, evidence_id, original=False) -> bytes:
    return b"".join(evidence.open_stream(ctx, case_id, evidence_id, original)[1])


def test_a_file_of_a_draft_is_told_with_what_was_cleaned(portal) -> None:
    token = begin(portal, TEXT)
    add(portal, token)
    add(portal, token, b"plain words", "notes.txt")
    with portal.database.reading() as session:
        ctx = public(session, portal)
        first, second = draft_files.list_files(ctx, drafts.find(ctx, token))
    assert (first.number, first.name, first.cleaned, first.size) == (1, NAME, True, len(photo()))
    assert first.sha256 == hashlib.sha256(photo()).hexdigest()
    assert (second.number, second.cleaned, second.reason) == (2, False, "nothing_to_clean")


def test_nothing_of_a_file_lies_open(portal) -> None:
    add(portal, begin(portal, TEXT))
    with portal.database.reading() as session:
        facts = session.scalars(select(Evidence.facts)).one()
    for secret in (SECRET.encode(), NAME.encode(), b"JFIF", b"image/jpeg"):
        assert secret not in stored_bytes(portal)
        assert secret not in facts


def test_the_person_reads_the_original_and_the_host_the_cleaned_copy(portal, people) -> None:
    token = begin(portal, TEXT)
    id_ = add(portal, token)
    filed = send(portal, token)
    with as_reporter(portal, filed.code) as ctx:
        assert read(ctx, filed.case_id, id_, original=True) == photo()
        assert listed(ctx, filed.case_id)[0].name == NAME
    with portal.database.reading() as session:
        ctx = people.caseworker.context(session, portal, NOW)
        copy = read(ctx, filed.case_id, id_)
        (file,) = listed(ctx, filed.case_id)
        with pytest.raises(NotFound):
            evidence.open_stream(ctx, filed.case_id, id_, original=True)
    assert SECRET.encode() not in copy
    assert copy.startswith(b"\xff\xd8")
    assert (file.name, file.opens_original) == ("file-1.jpg", False)


def test_what_cannot_be_cleaned_is_read_by_both(portal, people) -> None:
    token = begin(portal, TEXT)
    id_ = add(portal, token, b"plain words", "my notes.txt")
    filed = send(portal, token)
    with as_reporter(portal, filed.code) as ctx:
        assert read(ctx, filed.case_id, id_, original=True) == b"plain words"
    with portal.database.reading() as session:
        ctx = people.caseworker.context(session, portal, NOW)
        assert read(ctx, filed.case_id, id_) == b"plain words"
        assert listed(ctx, filed.case_id)[0].shown_name == "file-1.txt"


def test_nobody_else_reads_it(portal, people) -> None:
    token = begin(portal, TEXT)
    id_ = add(portal, token)
    filed = send(portal, token)
    with portal.database.reading() as session:
        ctx = people.outsider.context(session, portal, NOW)
        assert listed(ctx, filed.case_id) == ()
        with pytest.raises(NotFound):
            evidence.open_stream(ctx, filed.case_id, id_)


def test_swapped_names_in_the_database_do_not_open(portal, people) -> None:
    token = begin(portal, TEXT)
    first, second = add(portal, token, b"one", "1.txt"), add(portal, token, b"two", "2.txt")
    filed = send(portal, token)
    with as_reporter(portal, filed.code) as ctx:
        one, two = ctx.session.get(Evidence, first), ctx.session.get(Evidence, second)
        one.shown_name, two.shown_name = two.shown_name, one.shown_name
        with pytest.raises(CannotOpen):
            read(ctx, filed.case_id, first)


def test_a_removed_file_is_left_to_the_purge(portal, people) -> None:
    token = begin(portal, TEXT)
    id_ = add(portal, token)
    with portal.database.transaction() as session:
        draft_files.remove_file(public(session, portal), token, id_)
        draft_files.remove_file(public(session, portal), token, id_)
    filed = send(portal, token)
    with portal.database.reading() as session:
        row = session.get(Evidence, id_)
        assert (row.case_id, row.draft_id) == (None, None)
        assert listed(people.caseworker.context(session, portal, NOW), filed.case_id) == ()


@pytest.mark.parametrize("harm", ["child_csam_generated", "phys_intimate_image_abuse"])
def test_safeguards_take_files_away(portal, people, harm) -> None:
    token = begin(portal, TEXT)
    before = add(portal, token)
    with portal.database.transaction() as session:
        drafts.update(public(session, portal), token, "harm", {"harms": [harm]})
    with pytest.raises(FileRefused, match="no_files_here"):
        add(portal, token)
    filed = send(portal, token)
    with portal.database.reading() as session:
        assert listed(people.caseworker.context(session, portal, NOW), filed.case_id) == ()
        assert session.get(Evidence, before).case_id is None


def test_limits_of_a_report(portal) -> None:
    settings = portal.settings.model_copy(update={"max_files": 2, "max_report_bytes": 9})
    small = replace(portal, settings=settings)
    token = begin(small, TEXT)
    add(small, token, b"12345", "1.txt")
    with pytest.raises(FileRefused, match="report_full"):
        add(small, token, b"12345", "2.txt")
    add(small, token, b"1234", "2.txt")
    with pytest.raises(FileRefused, match="too_many"):
        add(small, token, b"1", "3.txt")


def later(portal, code, case_id, content=b"more") -> str:
    stored = store_file(portal, case_id, "more.txt", io.BytesIO(content))
    with as_reporter(portal, code) as ctx:
        return evidence.add_to_case(ctx, case_id, stored)


def test_a_file_can_be_added_later(portal, people) -> None:
    filed = send(portal, begin(portal, TEXT))
    id_ = later(portal, filed.code, filed.case_id)
    with portal.database.reading() as session:
        assert read(people.caseworker.context(session, portal, NOW), filed.case_id, id_) == b"more"


def test_nothing_is_added_to_a_closed_case_or_to_anothers(portal, people) -> None:
    filed, other = send(portal, begin(portal, TEXT)), send(portal, begin(portal, TEXT))
    with pytest.raises(NotFound):
        later(portal, filed.code, other.case_id)
    with portal.database.transaction() as session:
        session.get(Case, filed.case_id).closed = True
    with pytest.raises(Conflict, match="case_closed"):
        later(portal, filed.code, filed.case_id)


def test_files_keep_their_order(portal, people) -> None:
    token = begin(portal, TEXT)
    for number in range(3):
        add(portal, token, b"x", f"{number}.txt")
    with portal.database.transaction() as session:
        filed = filing.submit(public(session, portal), token, "en")
    with as_reporter(portal, filed.code) as ctx:
        assert [file.number for file in listed(ctx, filed.case_id)] == [1, 2, 3]
