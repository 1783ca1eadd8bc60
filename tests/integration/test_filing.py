"""A report becomes a case, whole, once, and readable by nobody but those it was meant for."""

import json
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from app.crypto.receipts import verify_receipt
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.intake import Age, ForWhom, Identity, Report, Safety, Share
from app.models import AuditEntry, Case, CaseHarm, Compartment, Consent, Event, Grant, Part, Reporter
from app.services import audit, drafts, filing, reporters, sessions, vault
from app.services.context import PUBLIC, Actor, ActorKind, Context, Vault
from app.services.drafts import Draft
from tests.conftest import NOW

CODED = "RC-"
REPORT = Report(
    language="en",
    happened="The assistant told strangers where I live.",
    harms=("priv_personal_data_leak", "priv_false_personal_claims"),
    system="Lumen Chat",
    wanted=("data_deletion",),
    wish="I want it to stop.",
    links=("https://chat.example/1",),
    identity=Identity(name="Noor Haddad", contact="noor@example.org"),
)
ANSWERS = {
    "what": {"happened": REPORT.happened},
    "harm": {"harms": list(REPORT.harms)},
    "main": {"main": "priv_false_personal_claims"},
    "who": {"stay": "named", "name": "Noor Haddad", "contact": "", "host_may_see": "yes"},
}


def public(session, portal) -> Context:
    return Context(session, portal, PUBLIC, NOW)


def file(portal, report=REPORT) -> filing.Filed:
    with portal.database.transaction() as session:
        return filing.file_report(public(session, portal), report)


def begin(portal, answers=ANSWERS) -> str:
    with portal.database.transaction() as session:
        token = drafts.start(public(session, portal))
        for page, given in answers.items():
            drafts.update(public(session, portal), token, page, given)
    return token


def send(portal, token) -> filing.Filed:
    with portal.database.transaction() as session:
        return filing.submit(public(session, portal), token, "en")


@contextmanager
def as_reporter(portal, code):
    """A Context of the person who holds the code."""
    with portal.database.transaction() as session:
        ctx = public(session, portal)
        held = sessions.find_session(ctx, "reporter", reporters.enter(ctx, code))
        actor = Actor(ActorKind.REPORTER, reporter_id=held["reporter_id"], case_id=held["case_id"])
        yield replace(ctx, actor=actor, vault=Vault(held["reporter_id"], bytes.fromhex(held["private_key"])))


def read(ctx, case_id) -> dict[str, dict]:
    """What this session reads of a case's parts, by kind."""
    opened = vault.open_case(ctx, case_id)
    rows = ctx.session.scalars(select(Part).where(Part.compartment_id.in_(opened)))
    return {row.kind: json.loads(vault.open_in(opened[row.compartment_id].key, row, "body")) for row in rows}


def test_the_code_opens_the_case_and_the_report(portal, people) -> None:
    filed = file(portal)
    with as_reporter(portal, filed.code) as ctx:
        parts = read(ctx, filed.case_id)
    assert parts["statement"]["happened"] == REPORT.happened
    assert parts["statement"]["links"] == list(REPORT.links)
    assert parts["identity"]["name"] == "Noor Haddad"


@pytest.mark.parametrize("may_see", [True, False])
def test_the_host_reads_who_it_is_only_if_allowed(portal, people, may_see) -> None:
    filed = file(portal, replace(REPORT, identity=replace(REPORT.identity, host_may_see=may_see)))
    with portal.database.reading() as session:
        parts = read(people.caseworker.context(session, portal, NOW), filed.case_id)
    assert ("identity" in parts) is may_see
    assert parts["statement"]["system"] == "Lumen Chat"


def test_an_organisation_that_was_agreed_to_reads_nothing_before_routing(portal, people) -> None:
    company = people.officer.actor.organisation_id
    filed = file(portal, replace(REPORT, shares=(Share(company, ("statement", "evidence")),)))
    with portal.database.reading() as session:
        (consent,) = session.scalars(select(Consent))
        assert (consent.organisation_id, consent.covers) == (company, ["statement", "evidence"])
        assert not vault.open_case(people.officer.context(session, portal, NOW), filed.case_id)


def test_consent_to_somebody_who_takes_no_part_is_not_kept(portal, people) -> None:
    file(portal, replace(REPORT, shares=(Share("0" * 32, ("statement",)),)))
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Consent)) == 0


def test_the_case_starts_where_the_rules_say(portal, people) -> None:
    filed = file(portal, replace(REPORT, harms=("priv_false_personal_claims",)))
    with portal.database.reading() as session:
        case = session.get(Case, filed.case_id)
        assert (case.state, case.resume_state, case.closed) == ("submitted", None, False)
        assert (case.scale, case.irremediability, case.band) == (1, 4, "high")
        assert (case.due_id, (case.due_on - NOW.date()).days) == ("acknowledge", 7)
        assert case.reference.startswith(CODED)
        assert len(case.reference) == 11
        harms = session.scalars(select(CaseHarm).where(CaseHarm.main)).all()
        assert [harm.harm_id for harm in harms] == ["priv_false_personal_claims"]


def test_danger_holds_the_case_at_once(portal, people) -> None:
    filed = file(portal, Report("en", happened="Help", safety=Safety.DANGER))
    with portal.database.reading() as session:
        case = session.get(Case, filed.case_id)
        steps = session.scalars(select(Event).order_by(Event.number)).all()
        assert (case.state, case.resume_state, case.band) == ("safeguarding", "submitted", "critical")
        assert (case.due_id, (case.due_on - NOW.date()).days) == ("safety_screening", 1)
        assert [(step.action, step.by) for step in steps] == [
            ("submit", "affected_person"),
            ("safety_flag", "system"),
        ]


def test_the_audit_holds_and_tells_no_time_of_day(portal, people) -> None:
    filed = file(portal, Report("en", happened="Help", safety=Safety.DANGER))
    with portal.database.reading() as session:
        chain = audit.case_chain(filed.case_id)
        rows = session.scalars(select(AuditEntry).where(AuditEntry.chain == chain)).all()
        assert [row.at.hour for row in rows] == [0, 0]
        assert audit.find_broken(public(session, portal)) is None


def test_intimate_pictures_of_somebody_young_count_as_abuse_of_a_child(portal, people) -> None:
    report = Report("en", harms=("phys_intimate_image_abuse",), for_whom=ForWhom.ME, age=Age.FROM_13)
    assert {"csam", "minor"} <= set(file(portal, report).flags)


def test_the_receipt_is_signed_and_stands_for_the_statement(portal, people) -> None:
    receipt = verify_receipt(portal.secrets.receipt_public_key, file(portal).receipt)
    assert (receipt.portal, receipt.day) == (portal.settings.base_url, NOW.date())


def test_a_report_that_tells_nothing_is_refused(portal, people) -> None:
    with pytest.raises(InvalidInput, match="nothing_told"):
        file(portal, Report("en", happened="  ", system="Lumen Chat"))


def test_sending_twice_makes_one_case(portal, people) -> None:
    token = begin(portal)
    assert send(portal, token) == send(portal, token)
    with portal.database.reading() as session:
        for table in (Case, Reporter):
            assert session.scalar(select(func.count()).select_from(table)) == 1


def test_a_sent_draft_holds_nothing_of_the_report(portal, people) -> None:
    token = begin(portal)
    send(portal, token)
    with portal.database.transaction() as session:
        kept = drafts.find(public(session, portal), token)
        assert not kept.answers
        assert not kept.files
        with pytest.raises(Conflict, match="draft_sent"):
            drafts.update(public(session, portal), token, "what", {"happened": "more"})


def test_the_draft_is_read_page_by_page(portal, people) -> None:
    filed = send(portal, begin(portal))
    assert filed.harms[0] == "priv_false_personal_claims"
    with portal.database.reading() as session:
        assert "identity" in read(people.caseworker.context(session, portal, NOW), filed.case_id)


def test_who_stays_anonymous_leaves_no_name(portal, people) -> None:
    answers = {**ANSWERS, "who": {**ANSWERS["who"], "stay": "anonymous"}}
    filed = send(portal, begin(portal, answers))
    with as_reporter(portal, filed.code) as ctx:
        assert "identity" not in read(ctx, filed.case_id)


def test_another_system_asks_anew_who_may_read(portal) -> None:
    token = begin(portal, {"system": {"system": "A"}, "sharing": {"shares": {"x": ["statement"]}}})
    with portal.database.transaction() as session:
        same = drafts.update(public(session, portal), token, "system", {"system": "A"})
        other = drafts.update(public(session, portal), token, "system", {"system": "B"})
    assert ("sharing" in same.answers, "sharing" in other.answers) == (True, False)


def test_what_comes_next_is_told(portal, people) -> None:
    plain = file(portal, Report("en", happened="It lied about me"))
    held = file(portal, Report("en", happened="Help", safety=Safety.DANGER))
    with portal.database.reading() as session:
        first, second = (filing.what_comes(public(session, portal), each)[0] for each in (plain, held))
    assert (first.id, second.id) == ("acknowledge", "safety_screening")


def test_two_tabs_lose_nothing(portal) -> None:
    token = begin(portal, {"what": {"happened": "First tab"}, "since": {"since": "Second tab"}})
    with portal.database.reading() as session:
        draft = drafts.find(public(session, portal), token)
    assert isinstance(draft, Draft)
    assert (draft.page("what")["happened"], draft.page("since")["since"]) == ("First tab", "Second tab")


def test_an_ended_draft_is_gone(portal) -> None:
    token = begin(portal)
    with portal.database.transaction() as session:
        drafts.end(public(session, portal), token)
    with portal.database.transaction() as session, pytest.raises(NotFound):
        drafts.lock(public(session, portal), token)


def test_links_to_abuse_of_children_are_not_taken(portal, people) -> None:
    report = Report("en", happened="A picture", harms=("child_csam_generated",), links=("https://x.example",))
    filed = file(portal, report)
    with portal.database.reading() as session:
        said = read(people.caseworker.context(session, portal, NOW), filed.case_id)["statement"]
        assert said["links"] == []
    with pytest.raises(InvalidInput, match="link_in_text"):
        file(portal, replace(report, happened="It is at www.example.net/1"))


@pytest.mark.parametrize("harm", ["child_csam_generated", "phys_intimate_image_abuse"])
def test_files_that_are_not_taken_are_refused(portal, people, harm) -> None:
    with portal.database.transaction() as session, pytest.raises(InvalidInput, match="files_not_taken"):
        keys = {"shown": "00" * 32, "original": "11" * 32}
        filing.file_report(public(session, portal), Report("en", harms=(harm,)), {"0" * 32: keys})


@pytest.mark.parametrize(
    ("harm", "budget"),
    [("priv_false_personal_claims", 12), ("priv_personal_data_leak", 14)],  # holding it writes two rows more
)
def test_a_report_takes_few_statements(portal, people, harm, budget) -> None:
    company = people.officer.actor.organisation_id
    answers = {**ANSWERS, "harm": {"harms": [harm]}, "sharing": {"shares": {company: ["statement"]}}}
    token = begin(portal, answers)
    sent: list[str] = []
    event.listen(
        portal.database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, text, *_rest: sent.append(text) if not text.startswith("BEGIN") else None,
    )
    send(portal, token)
    assert len(sent) <= budget, "\n".join(sent)


def test_grants_go_to_nobody_else(portal, people) -> None:
    filed = file(portal)
    host = people.caseworker.actor.organisation_id
    with portal.database.reading() as session:
        readers = session.execute(
            select(Compartment.kind, Grant.reader_kind, Grant.reader_id).join(
                Grant, Grant.compartment_id == Compartment.id
            )
        ).all()
        reporter = session.scalar(select(Reporter.id).where(Reporter.case_id == filed.case_id))
    person, team = ("reporter", reporter), ("organisation", host)
    held = {(kind, who, id_) for kind, who, id_ in readers}
    assert held == {
        ("statement", *person),
        ("statement", *team),
        ("thread", *person),
        ("thread", *team),
        ("notes", *team),
        ("identity", *person),
    }
