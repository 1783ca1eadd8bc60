"""Handing out files: shown only where nothing in them can act, and every opening at the desk is told."""

import io
from datetime import UTC, datetime

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import select

from app.models import AuditEntry
from app.services import draft_files, drafts, filing, reporters
from app.services.context import PUBLIC, SYSTEM, Context
from app.services.evidence_storing import store_file
from tests.integration.test_filing import REPORT
from tests.people import enrol_people, now
from tests.unit.files.samples import SECRET, pdf, photo
from tests.visitors import member_client

FILES = {"Café <at home>.jpg": photo(), "note.txt": b"plain words", "letter.pdf": pdf()}


@pytest.fixture
def portal(app):
    app.config["WTF_CSRF_ENABLED"] = False
    return app.extensions["recourse"]


@pytest.fixture
def people(portal):
    with portal.database.transaction() as session:
        return enrol_people(Context(session, portal, SYSTEM, now()))


@pytest.fixture
def filed(portal, people):
    """A case with a photo, a text and a PDF, and the ids of these in that order."""
    with portal.database.transaction() as session:
        ctx = Context(session, portal, PUBLIC, datetime.now(UTC))
        token = drafts.start(ctx)
        draft = drafts.update(ctx, token, "what", {"happened": "It showed my flat."})
        for name, content in FILES.items():
            draft_files.add_file(ctx, token, store_file(portal, draft.case_id, name, io.BytesIO(content)))
        ids = list(drafts.find(ctx, token).files)
        return filing.submit(ctx, token, "en"), ids


@pytest.fixture
def person(app, portal, filed):
    """The browser of whoever holds the code."""
    with portal.database.transaction() as session:
        token = reporters.enter(Context(session, portal, PUBLIC, datetime.now(UTC)), filed[0].code)
    client = app.test_client()
    client.set_cookie("rc_case", TimestampSigner(app.secret_key, salt="rc_case").sign(token).decode())
    return client


def at_desk(app, member, filed, number):
    return member_client(app, member).get(f"/en/desk/cases/{filed[0].reference}/evidence/{filed[1][number]}")


def test_the_person_gets_the_copy_and_the_original(person, filed) -> None:
    address = f"/en/case/evidence/{filed[1][0]}"
    assert SECRET.encode() not in person.get(address).data
    whole = person.get(f"{address}?original&download")
    assert whole.data == photo()
    assert whole.headers["Content-Disposition"].endswith("filename*=UTF-8''Caf%C3%A9%20%3Cat%20home%3E.jpg")


@pytest.mark.parametrize(
    ("number", "shown", "kind"),
    [(0, "inline", "image/jpeg"), (1, "inline", "text/plain"), (2, "attachment", "application/pdf")],
)
def test_the_desk_sees_inline_only_what_cannot_act(app, people, filed, number, shown, kind) -> None:
    answer = at_desk(app, people.caseworker, filed, number)
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.headers["Content-Disposition"].startswith(f'{shown}; filename="file-{number + 1}.')
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_each_opening_at_the_desk_is_written_down(app, portal, people, filed) -> None:
    at_desk(app, people.caseworker, filed, 0)
    with portal.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.action == "case:evidence:opened")
        (row,) = session.scalars(query)
        assert (row.subject, row.facts["role"]) == (filed[1][0], "caseworker")


@pytest.mark.parametrize("name", ["officer", "outsider", "manager"])
def test_for_others_there_is_no_such_file(app, people, filed, name) -> None:
    assert at_desk(app, getattr(people, name), filed, 0).status_code == 404


def test_another_case_code_opens_no_file(app, portal, people, filed) -> None:
    with portal.database.transaction() as session:
        ctx = Context(session, portal, PUBLIC, datetime.now(UTC))
        token = reporters.enter(ctx, filing.file_report(ctx, REPORT).code)
    stranger = app.test_client()
    stranger.set_cookie("rc_case", TimestampSigner(app.secret_key, salt="rc_case").sign(token).decode())
    assert stranger.get(f"/en/case/evidence/{filed[1][0]}").status_code == 404


def test_more_can_be_added_and_refusals_are_named(person) -> None:
    good = {"files": [(io.BytesIO(b"more words"), "more.txt")]}
    assert person.post("/en/case/evidence", data=good).headers["Location"].endswith("done=evidence")
    mixed = {"files": [(io.BytesIO(b"last words"), "last.txt"), (io.BytesIO(b""), "empty.txt")]}
    answer = person.post("/en/case/evidence", data=mixed)
    assert answer.status_code == 422
    for said in ("last.txt", "empty.txt", "The file is empty.", "Café &lt;at home&gt;.jpg"):
        assert said in answer.text
