"""A thief takes database, files and secrets: nothing that anybody wrote is in them, and nothing opens."""

import io
import json
from datetime import date

import pytest
from sqlalchemy import select

from app.crypto import aead, boxes, site
from app.crypto.errors import CryptoError
from app.db import Base
from app.domain.ids import Action
from app.domain.intake import Identity, Report, Share
from app.domain.remedies import PlanItem
from app.models import Grant, Member, Party
from app.services import (
    drafts,
    evidence_storing,
    filing,
    messages,
    notes,
    notices,
    offers,
    opening,
    reporters,
    sessions,
    steps,
    vault,
)
from app.services.context import PUBLIC, Actor, ActorKind, Context, Vault
from app.services.draft_files import add_file
from tests.cases import Filed, act, route
from tests.conftest import NOW

CANARIES = {
    name: f"canary-{name}-7f3a"
    for name in (
        "happened", "system", "since", "wish", "link", "name", "contact", "safeway", "filename",
        "filecontent", "draft", "draftfile", "reportermessage",
        "officermessage", "note", "summary", "detail", "owner",
        "planned", "proof", "notice",
    )
}  # fmt: skip
C = CANARIES


@pytest.fixture
def loot(portal, people, tmp_path):
    """What the thief holds after a whole story: every row and every file of the instance folder."""
    filed = _file(portal, people)
    _unfinished_draft(portal)
    _talk_and_offer(portal, people, filed)
    portal.database.close()
    return b"\n".join([*_rows(portal), *_files(tmp_path)])


def test_nothing_that_anybody_wrote_is_found(loot):
    found = [name for name, text in CANARIES.items() if _appears(text, loot)]
    assert not found


def test_the_search_would_find_what_lies_in_clear(loot, people):
    """The check on the check: members' work addresses are said to lie in clear."""
    assert _appears(people.officer.email, loot)


def test_the_sites_secrets_open_no_grant(loot, portal):
    keys = [*portal.secrets.site_secrets, portal.secrets.code_salt, portal.secrets.receipt_signing_key]
    keys += [
        key for label in ("site sealing", "code look-up") for key in site.site_keys(portal.secrets, label)
    ]
    with portal.database.reading() as session:
        grants = session.scalars(select(Grant)).all()
        assert len(grants) > 10
        for held in grants:
            info = boxes.grant_info(held.case_id, held.compartment_id, held.reader_id)
            for key in keys:
                with pytest.raises((CryptoError, ValueError)):
                    boxes.open_box(key.ljust(boxes.PRIVATE_BYTES, b"\0"), held.sealed_key, info)
                if held.wrapped_key:
                    place = aead.Place("grant", "wrapped_key", held.id, held.case_id)
                    with pytest.raises(CryptoError):
                        aead.open_sealed(key[:32], held.wrapped_key, place)


def _appears(text: str, loot: bytes) -> bool:
    forms = (text, text.upper(), text[::-1], json.dumps(text)[1:-1])
    return any(form.encode(code) in loot for form in forms for code in ("utf-8", "utf-16-le", "utf-32-le"))


def _rows(portal):
    with portal.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                for value in row:
                    yield value if isinstance(value, bytes) else str(value).encode()


def _files(folder):
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def _file(portal, people) -> Filed:
    lumen = people.officer.actor.organisation_id
    report = Report(
        language="en",
        happened=C["happened"],
        harms=("priv_false_personal_claims",),
        system=C["system"],
        since=C["since"],
        wanted=("correction",),
        wish=C["wish"],
        links=(f"https://{C['link']}.example/",),
        identity=Identity(C["name"], C["contact"], C["safeway"], host_may_see=True),
        shares=(Share(lumen, ("statement", "evidence", "identity")),),
    )
    with portal.database.transaction() as session:
        ctx = Context(session, portal, PUBLIC, NOW)
        token = drafts.start(ctx)
        draft = drafts.find(ctx, token)
        stored = _stored(portal, draft.case_id, "filename", "filecontent")
        add_file(ctx, token, stored)
        made = filing.file_report(ctx, report, drafts.find(ctx, token).files, draft.case_id)
    with portal.database.transaction() as session:
        ctx = Context(session, portal, PUBLIC, NOW)
        opened = sessions.find_session(ctx, "reporter", reporters.enter(ctx, made.code))
    person = Actor(
        ActorKind.REPORTER,
        frozenset({"affected_person"}),
        reporter_id=opened["reporter_id"],
        case_id=made.case_id,
    )
    return Filed(
        made.case_id, made.code, person, Vault(person.reporter_id, bytes.fromhex(opened["private_key"]))
    )


def _stored(portal, case_id: str, name: str, content: str):
    return evidence_storing.store_file(portal, case_id, f"{C[name]}.txt", io.BytesIO(C[content].encode()))


def _unfinished_draft(portal) -> None:
    with portal.database.transaction() as session:
        ctx = Context(session, portal, PUBLIC, NOW)
        token = drafts.start(ctx)
        drafts.update(ctx, token, "what", {"happened": C["draft"]})
        add_file(ctx, token, _stored(portal, drafts.find(ctx, token).case_id, "draftfile", "draftfile"))


def _talk_and_offer(portal, people, filed: Filed) -> None:
    (party_id,) = route(portal, people, filed, people.officer)
    act(portal, people.officer, filed, party_id, Action.ACTOR_ACK)
    with portal.database.transaction() as session:
        ctx = filed.context(session, portal)
        messages.write(ctx, filed.case_id, party_id, C["reportermessage"])
        notices.set_address(ctx, filed.case_id, f"{C['notice']}@example.org", "en")
    with portal.database.transaction() as session:
        ctx = people.officer.context(session, portal, NOW)
        case, party = steps.get_case(ctx, filed.case_id), session.get(Party, party_id)
        messages.write(ctx, case.id, party_id, C["officermessage"])
        _give_undertaking(session, people.officer)
        found = opening.record_opening(ctx, case.reference)
        notes.write(ctx, opening.open_found(ctx, found), C["note"])
        (thread,) = [each for each in vault.open_case(ctx, case.id).values() if each.kind == "thread"]
        item = PlanItem("correction", C["detail"], C["owner"], date(2027, 1, 1), C["planned"])
        again = PlanItem("output_filter", C["detail"], C["owner"], date(2027, 1, 1), C["planned"])
        made = offers.make_offer(ctx, case, party, thread, offers.NewOffer([item, again], C["summary"]))
        steps.take_party_step(ctx, case, party, Action.ACTOR_ANSWER, offer=made.id)
        for commitment in offers.outstanding(ctx, party):
            offers.claim(ctx, thread, commitment, C["proof"])


def _give_undertaking(session, officer) -> None:
    session.get(Member, officer.actor.member_id).undertaking_on = NOW.date()
