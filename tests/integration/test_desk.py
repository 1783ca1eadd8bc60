"""What the host decides in a case: severity, refusal by two people, sending on, closing without an answer."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.errors import (
    IllegalTransition,
    InvalidInput,
    NotAllowed,
    NotFound,
    PlanIncomplete,
    RequirementsMissing,
)
from app.domain.ids import Action
from app.domain.points import Point, PointKind
from app.domain.remedies import PlanItem
from app.models import Case, CaseHarm, Compartment, Event, Grant, Member, Offer, Party, PendingDecision
from app.services import (
    answers,
    assessing,
    closing,
    messages,
    opening,
    responding,
    screening,
    second_person,
    sharing,
    situation,
    vault,
)
from app.services.assessing import Assessment
from app.services.offers import NewOffer
from app.services.sharing import RiskCheck
from tests import cases
from tests.conftest import NOW

LEAK, DATA = "priv_personal_data_leak", "priv_data_used_without_consent"  # usually 5 and 4
RISK = RiskCheck("low", "Nobody could tell.")


@pytest.fixture
def filed(portal, people):
    with portal.database.transaction() as session:
        session.execute(update(Member).values(undertaking_on=NOW.date()))
    return cases.file_case(portal, [people.officer])


def act(portal, person, filed, use_case, *given, now=NOW):
    with portal.database.transaction() as session:
        ctx = person.context(session, portal, now)
        reference = session.get(Case, filed.case_id).reference
        found = opening.open_found(ctx, opening.find_case(ctx, reference, lock=True))
        return use_case(ctx, found, *given)


def rows(portal, query):
    with portal.database.reading() as session:
        return session.execute(query).all()


def facts(portal, filed, action):
    query = select(Event.facts).where(Event.case_id == filed.case_id, Event.action == action)
    return rows(portal, query)[-1][0]


def assessment(**changes):
    given = {
        "harms": (LEAK, DATA), "scale": 3, "scope": 1, "irremediability": 5,
        "delay_makes_irremediable": False, "kind": "actual", "likelihood": None, "reason": "It spread.",
    }  # fmt: skip
    return Assessment(**given | changes)


def screened(portal, people, filed):
    act(portal, people.caseworker, filed, screening.start, True, "I have read it.")


def accepted(portal, people, filed):
    screened(portal, people, filed)
    act(portal, people.caseworker, filed, assessing.assess, assessment(harms=(DATA,)))
    act(portal, people.caseworker, filed, screening.accept)


def test_starting_needs_no_conflict_and_takes_the_case(portal, people, filed):
    with pytest.raises(RequirementsMissing, match="conflict_check"):
        act(portal, people.caseworker, filed, screening.start, False, "Hello")
    screened(portal, people, filed)
    ((worker, state),) = rows(portal, select(Case.caseworker_id, Case.state))
    assert (worker, state) == (people.caseworker.actor.member_id, "screening")


def test_severity_sets_band_place_and_harms_and_keeps_old_and_new(portal, people, filed):
    screened(portal, people, filed)
    ((before,),) = rows(portal, select(Case.queue_key))
    assert act(portal, people.caseworker, filed, assessing.assess, assessment(harms=(DATA, LEAK)))
    ((band, key, flags),) = rows(portal, select(Case.band, Case.queue_key, Case.flags))
    assert band == "critical" and key > before and "danger_to_life" in flags
    assert set(rows(portal, select(CaseHarm.harm_id, CaseHarm.main))) == {(DATA, True), (LEAK, False)}
    said = facts(portal, filed, situation.ASSESSED)
    assert said["old"]["harms"] == [LEAK] and said["new"]["harms"] == [DATA, LEAK]
    assert said["old"]["irremediability"] == 2 and said["new"]["irremediability"] == 5
    assert "spread" not in json.dumps(said)


def test_a_harm_that_endangers_somebody_holds_the_case_at_once(portal, people, filed):
    screened(portal, people, filed)
    act(portal, people.caseworker, filed, assessing.assess, assessment())
    assert cases.states(portal, filed)[0] == "safeguarding"


def test_less_than_the_usual_irremediability_needs_a_second_person(portal, people, filed):
    screened(portal, people, filed)
    lower = assessment(harms=(DATA,), irremediability=3)
    assert not act(portal, people.caseworker, filed, assessing.assess, lower)
    assert rows(portal, select(Case.irremediability)) == [(2,)]
    with pytest.raises(NotAllowed, match="second_person"):
        act(portal, people.caseworker, filed, second_person.confirm)
    act(portal, people.second_caseworker, filed, second_person.confirm)
    assert rows(portal, select(Case.irremediability)) == [(3,)]
    assert not rows(portal, select(PendingDecision.id))
    assert facts(portal, filed, situation.ASSESSED)["proposed_by"] == people.caseworker.actor.member_id


@pytest.mark.parametrize("changes", [{"harms": ()}, {"harms": ("nothing",)}, {"scale": 6}, {"reason": " "}])
def test_an_assessment_that_makes_no_sense_is_refused(portal, people, filed, changes):
    with pytest.raises(InvalidInput):
        act(portal, people.caseworker, filed, assessing.assess, assessment(**changes))


def test_a_refusal_takes_two_and_the_person_hears_it_only_then(portal, people, filed):
    screened(portal, people, filed)
    refusal = screening.Refusal("no_ai_link", "We found no AI in it.", ("nowhere",))
    route = next(iter(portal.reference.routes))
    with pytest.raises(RequirementsMissing, match="route_shown"):
        act(portal, people.caseworker, filed, screening.propose_refusal, refusal)
    refusal = screening.Refusal("no_ai_link", "We found no AI in it.", (route,))
    act(portal, people.caseworker, filed, screening.propose_refusal, refusal)
    assert cases.states(portal, filed)[0] == "screening"
    assert "We found no AI in it." not in read_by_person(portal, filed)
    with pytest.raises(NotAllowed, match="second_person"):
        act(portal, people.caseworker, filed, second_person.confirm)
    act(portal, people.second_caseworker, filed, second_person.confirm)
    assert cases.states(portal, filed)[0] == "not_accepted"
    assert "We found no AI in it." in read_by_person(portal, filed)
    assert facts(portal, filed, Action.REFUSE)["routes"] == [route]
    with pytest.raises(NotFound):
        act(portal, people.second_caseworker, filed, second_person.confirm)


def read_by_person(portal, filed):
    with portal.database.reading() as session:
        ctx = filed.context(session, portal)
        threads = messages.read(ctx, filed.case_id, vault.open_case(ctx, filed.case_id))
        return [each.text for thread in threads for each in thread.messages]


def test_grants_are_exactly_what_the_person_agreed_to(portal, people):
    filed = cases.file_case(portal, [people.officer, people.upstream_officer], ("statement", "identity"))
    accepted(portal, people, filed)
    lumen, deep = people.officer.actor.organisation_id, people.upstream_officer.actor.organisation_id
    act(portal, people.caseworker, filed, sharing.route, [lumen], RISK)
    query = select(Compartment.kind, Grant.purpose).join(Grant, Grant.compartment_id == Compartment.id)
    assert sorted(rows(portal, query.where(Grant.reader_id == lumen))) == [
        ("notes", "handle_case"), ("statement", "answer_and_remedy"), ("thread", "handle_case"),
    ]  # fmt: skip
    assert not rows(portal, query.where(Grant.reader_id == deep))
    # The host cannot read who the person is, so it cannot hand it over, and says so.
    assert facts(portal, filed, Action.ROUTE)["withheld"] == {lumen: ["identity"]}
    ((state, lead),) = rows(portal, select(Party.state, Party.lead))
    assert (state, lead, cases.states(portal, filed)[0]) == ("routed", True, "routed")
    query = select(Grant.reader_kind).join(Compartment, Compartment.id == Grant.compartment_id)
    party = select(Party.id).scalar_subquery()
    assert len(rows(portal, query.where(Compartment.party_id == party, Compartment.kind == "notes"))) == 1
    assert len(rows(portal, query.where(Compartment.party_id == party, Compartment.kind == "thread"))) == 3


def test_nobody_gets_a_report_without_living_consent(portal, people, filed):
    accepted(portal, people, filed)
    for somebody in (people.outsider, people.upstream_officer):
        chosen = [people.officer.actor.organisation_id, somebody.actor.organisation_id]
        with pytest.raises(InvalidInput, match="not_agreed"):
            act(portal, people.caseworker, filed, sharing.route, chosen, RISK)
    with pytest.raises(InvalidInput, match="nobody_chosen"):
        act(portal, people.caseworker, filed, sharing.route, [people.outsider.actor.organisation_id], RISK)
    assert not rows(portal, select(Party.id))


def answering(portal, people, filed):
    accepted(portal, people, filed)
    act(portal, people.caseworker, filed, sharing.route, [people.officer.actor.organisation_id], RISK)
    ((party,),) = rows(portal, select(Party.id))
    contact = people.officer.actor.member_id
    with pytest.raises(InvalidInput, match="contact"):
        outsider = people.outsider.actor.member_id
        act(portal, people.officer, filed, responding.acknowledge, party, outsider)
    act(portal, people.officer, filed, responding.acknowledge, party, contact)
    return party


POINTS = (Point(PointKind.HARM, DATA), Point(PointKind.WISH, "apology"))
SAID = {point.key: "We see it and are sorry." for point in POINTS}
ITEM = PlanItem("apology", "A letter", "The board", (NOW + timedelta(days=9)).date(), "The letter")
FILTER = PlanItem("output_filter", "A filter", "The lab", (NOW + timedelta(days=9)).date(), "A test")


def test_an_answer_speaks_to_every_point_and_offers_or_says_why_not(portal, people, filed):
    party = answering(portal, people, filed)
    half = responding.Answer({POINTS[0].key: "Yes."}, "undetermined", "")
    with pytest.raises(RequirementsMissing) as refusal:
        act(portal, people.officer, filed, responding.answer, party, POINTS, half)
    assert refusal.value.missing == ("answer_to_each_point", "own_view_on_involvement", "offer_or_reasons")
    thin = responding.Answer(SAID, "cause", "We did it.", offer=NewOffer([ITEM], "A letter"))
    with pytest.raises(PlanIncomplete, match="nothing_against_repetition"):
        act(portal, people.officer, filed, responding.answer, party, POINTS, thin)
    full = responding.Answer(SAID, "cause", "We did it.", offer=NewOffer([ITEM, FILTER], "Both"))
    act(portal, people.officer, filed, responding.answer, party, POINTS, full)
    assert rows(portal, select(Offer.state, Offer.number)) == [("open", 1)]
    assert rows(portal, select(Party.involvement_stated, Party.state)) == [("cause", "remedy_proposed")]
    assert json.loads(read_by_person(portal, filed)[-1])["view"] == "We did it."


def test_nobody_answers_in_the_thread_of_another(portal, people, filed):
    party = answering(portal, people, filed)
    other = cases.file_case(portal, [people.upstream_officer])
    accepted(portal, people, other)
    act(
        portal, people.caseworker, other, sharing.route, [people.upstream_officer.actor.organisation_id], RISK
    )
    with pytest.raises(NotFound):
        act(portal, people.upstream_officer, other, responding.start_delivery, party)
    with pytest.raises(NotFound):
        act(portal, people.upstream_officer, filed, responding.start_delivery, party)


def test_closing_unanswered_waits_for_two_reminders_and_the_time(portal, people, filed):
    party = answering(portal, people, filed)
    answer = responding.Answer(SAID, "cause", "We did it.", offer=NewOffer([ITEM, FILTER], "Both"))
    act(portal, people.officer, filed, responding.answer, party, POINTS, answer)
    with portal.database.transaction() as session:
        offer = session.scalar(select(Offer.id))
        answers.agree(filed.context(session, portal), filed.case_id, offer)
    cases.claim_all(portal, people.officer, filed, party)

    def offered(name, later):
        def check(ctx, found):
            situation.require_offered(ctx, found, name, party)

        act(portal, people.caseworker, filed, check, now=later)

    for days in (10, 20):
        act(
            portal,
            people.caseworker,
            filed,
            closing.remind,
            party,
            "Is it so?",
            now=NOW + timedelta(days=days),
        )
    for name, later in (("no_reply", 29), ("remind", 29)):
        with pytest.raises(IllegalTransition):
            offered(name, NOW + timedelta(days=later))
    offered("no_reply", NOW + timedelta(days=31))
    act(portal, people.caseworker, filed, closing.close_unanswered, party, now=NOW + timedelta(days=31))
    assert cases.states(portal, filed) == ("closed_unconfirmed", ["closed_unconfirmed"])
