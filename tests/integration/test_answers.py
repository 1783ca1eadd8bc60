"""Every answer of the person harmed, where it is allowed and where it is not."""

import pytest
from sqlalchemy import select

from app.domain.answers import NoThanks, Pressure
from app.domain.errors import Conflict, IllegalTransition, InvalidInput, NotFound, RequirementsMissing
from app.domain.ids import Action
from app.models import Commitment, Event, Offer
from app.models.types import new_id
from app.services import answers, course, deliveries
from tests.cases import accept, act, claim_all, file_case, next_offer, offer, route, say, states
from tests.conftest import NOW


@pytest.fixture
def filed(portal, people):
    return file_case(portal, shared_with=[people.officer])


@pytest.fixture
def offered(portal, people, filed):
    """A case with one party and an offer: gives the party's and the offer's id."""
    (party_id,) = route(portal, people, filed, people.officer)
    return party_id, offer(portal, people.officer, filed, party_id)


def do(portal, filed, use_case, *args):
    with portal.database.transaction() as session:
        return use_case(filed.context(session, portal), filed.case_id, *args)


def facts(portal, filed, action):
    with portal.database.reading() as session:
        query = select(Event).where(Event.case_id == filed.case_id, Event.action == action)
        return session.scalars(query.order_by(Event.number.desc())).first().facts


def test_accepting_takes_the_offer_that_was_seen(portal, filed, offered):
    _party_id, offer_id = offered
    do(portal, filed, answers.agree, offer_id)
    assert states(portal, filed) == ("remedy_agreed", ["remedy_agreed"])
    with portal.database.reading() as session:
        assert session.get(Offer, offer_id).state == "accepted"
    with pytest.raises(IllegalTransition):
        do(portal, filed, answers.agree, offer_id)


def test_an_offer_that_was_replaced_cannot_be_accepted(portal, people, filed, offered):
    party_id, old = offered
    do(portal, filed, answers.reject, party_id, NoThanks.CHANGES, "Please also tell me who saw it.")
    new = next_offer(portal, people.officer, filed, party_id)
    with pytest.raises(IllegalTransition):
        do(portal, filed, answers.agree, old)
    do(portal, filed, answers.agree, new)
    assert states(portal, filed)[0] == "remedy_agreed"


@pytest.mark.parametrize(
    ("how", "state"), [(NoThanks.CHANGES, "changes_asked"), (NoThanks.REFUSE, "refused")]
)
def test_both_ways_of_saying_no_lead_to_talks_and_the_facts_say_which(portal, filed, offered, how, state):
    party_id, offer_id = offered
    do(portal, filed, answers.reject, party_id, how, "It leaves out the copies.")
    assert states(portal, filed) == ("dialogue", ["dialogue"])
    assert facts(portal, filed, "reject")["how"] == how
    with portal.database.reading() as session:
        assert session.get(Offer, offer_id).state == state


def test_a_refusal_needs_no_words_but_asking_for_changes_does(portal, filed, offered):
    with pytest.raises(InvalidInput):
        do(portal, filed, answers.reject, offered[0], NoThanks.CHANGES, "  ")
    do(portal, filed, answers.reject, offered[0], NoThanks.REFUSE, "")
    assert "part" not in facts(portal, filed, "reject")


def test_a_waiver_needs_recorded_advice(portal, people, filed):
    (party_id,) = route(portal, people, filed, people.officer)
    offer_id = offer(portal, people.officer, filed, party_id, waiver=True)
    with pytest.raises(RequirementsMissing) as refusal:
        do(portal, filed, answers.agree, offer_id)
    assert refusal.value.missing == ("no_waiver_or_advice",)
    do(portal, filed, answers.record_advice, offer_id)
    do(portal, filed, answers.agree, offer_id)
    assert facts(portal, filed, "agree")["waiver"] is True
    with pytest.raises(Conflict):
        do(portal, filed, answers.record_advice, offer_id)


def test_the_thread_closes_when_every_promise_is_confirmed(portal, people, filed, offered):
    party_id, offer_id = offered
    do(portal, filed, answers.agree, offer_id)
    first, second = claim_all(portal, people.officer, filed, party_id)
    assert do(portal, filed, deliveries.confirm, first) is False
    assert states(portal, filed)[0] == "remedy_claimed"
    assert do(portal, filed, deliveries.confirm, second, 4) is True
    assert states(portal, filed) == ("closed_remedied", ["closed_remedied"])
    assert facts(portal, filed, "confirm")["satisfaction"] == 4
    with pytest.raises(IllegalTransition):
        do(portal, filed, deliveries.confirm, second)


def test_a_disputed_promise_goes_back_and_the_confirmed_one_stays(portal, people, filed, offered):
    party_id, offer_id = offered
    do(portal, filed, answers.agree, offer_id)
    first, second = claim_all(portal, people.officer, filed, party_id)
    do(portal, filed, deliveries.confirm, first)
    do(portal, filed, deliveries.dispute, second, "No letter came.")
    assert states(portal, filed)[0] == "remedy_delivery"
    with pytest.raises(IllegalTransition):
        do(portal, filed, deliveries.confirm, second)
    assert claim_all(portal, people.officer, filed, party_id) == [second]
    assert do(portal, filed, deliveries.confirm, second) is True


def test_a_second_dispute_of_the_same_round_is_noted(portal, people, filed, offered):
    party_id, offer_id = offered
    do(portal, filed, answers.agree, offer_id)
    first, second = claim_all(portal, people.officer, filed, party_id)
    for commitment_id in (first, second):
        do(portal, filed, deliveries.dispute, commitment_id, "Not done.")
    assert facts(portal, filed, "promise_disputed")["commitment"] == second
    with portal.database.reading() as session:
        assert set(session.scalars(select(Commitment.state))) == {"disputed"}


def test_nothing_is_confirmed_before_it_is_claimed_or_while_the_case_is_paused(
    portal, people, filed, offered
):
    party_id, offer_id = offered
    do(portal, filed, answers.agree, offer_id)
    with portal.database.reading() as session:
        promised = list(session.scalars(select(Commitment.id)))
    with pytest.raises(IllegalTransition):
        do(portal, filed, deliveries.confirm, promised[0])
    first, _second = claim_all(portal, people.officer, filed, party_id)
    do(portal, filed, course.pause)
    with pytest.raises(IllegalTransition):
        do(portal, filed, deliveries.confirm, first)
    do(portal, filed, course.resume)
    do(portal, filed, deliveries.confirm, first)


def test_no_member_can_confirm_or_accept_in_the_persons_place(portal, people, filed, offered):
    _party_id, offer_id = offered
    for person in (people.officer, people.caseworker):
        with portal.database.transaction() as session, pytest.raises(NotFound):
            answers.agree(person.context(session, portal, NOW), filed.case_id, offer_id)


def test_another_reporters_code_reaches_nothing(portal, people, filed, offered):
    party_id, offer_id = offered
    other = file_case(portal)
    foreign = (
        (answers.agree, offer_id),
        (answers.record_advice, offer_id),
        (answers.reject, party_id, NoThanks.REFUSE, ""),
        (deliveries.confirm, new_id()),
    )
    for use_case, *args in foreign:
        for case_id in (filed.case_id, other.case_id):
            with portal.database.transaction() as session, pytest.raises(NotFound):
                use_case(other.context(session, portal), case_id, *args)
    for use_case, *args in ((course.pause,), (course.withdraw, Pressure.NONE)):
        with portal.database.transaction() as session, pytest.raises(NotFound):
            use_case(other.context(session, portal), filed.case_id, *args)
    assert states(portal, filed)[0] == "remedy_proposed"


def test_pausing_and_going_on_comes_back_to_the_same_place(portal, filed, offered):
    do(portal, filed, course.pause)
    assert states(portal, filed)[0] == "paused_by_person"
    with pytest.raises(IllegalTransition):
        do(portal, filed, course.pause)
    with pytest.raises(IllegalTransition):
        do(portal, filed, answers.agree, offered[1])
    do(portal, filed, course.resume)
    assert states(portal, filed)[0] == "remedy_proposed"
    with pytest.raises(IllegalTransition):
        do(portal, filed, course.resume)


def test_ending_the_case_closes_every_open_thread_and_keeps_what_was_confirmed(portal, people):
    filed = file_case(portal)
    one, _two = route(portal, people, filed, people.officer, people.upstream_officer)
    do(portal, filed, answers.agree, offer(portal, people.officer, filed, one))
    for commitment_id in claim_all(portal, people.officer, filed, one):
        do(portal, filed, deliveries.confirm, commitment_id)
    do(portal, filed, course.withdraw, Pressure.NOT_SAID, "I have no strength left for the rest.")
    assert states(portal, filed) == ("closed_withdrawn", ["closed_remedied", "closed_withdrawn"])
    assert facts(portal, filed, "withdraw")["pressure"] == "not_said"
    with pytest.raises(IllegalTransition):
        do(portal, filed, course.withdraw, Pressure.NONE)


def test_a_question_is_answered_only_when_one_was_asked(portal, people, filed):
    accept(portal, people, filed)
    with pytest.raises(IllegalTransition):
        do(portal, filed, course.give_info, "In May.")
    act(portal, people.caseworker, filed, None, Action.ASK_INFO)
    do(portal, filed, course.give_info, "In May.")
    assert states(portal, filed)[0] == "accepted"


def test_asking_for_safety_holds_the_case(portal, people, filed, offered):
    do(portal, filed, course.ask_for_safety, "They wrote to my employer.")
    assert states(portal, filed) == ("safeguarding", ["remedy_proposed"])
    with pytest.raises(IllegalTransition):
        say(portal, people.officer, filed, offered[0], "Hello")
