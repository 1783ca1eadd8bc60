"""The life of a case as a table: what is listed leads where it says, everything else is refused by name."""

from itertools import product

import pytest

from app.domain.cases import Lifecycle, Position
from app.domain.errors import IllegalTransition, InvalidInput
from app.domain.ids import Action, Role, Scope, State
from app.reference import load_reference

LIFE: Lifecycle = load_reference().lifecycle

WORKING = "screening accepted routed actor_review dialogue remedy_proposed remedy_agreed remedy_delivery "
OPEN = "submitted safeguarding info_requested remedy_claimed " + WORKING
BOTH = "affected_person representative"
BEFORE = State.ACCEPTED  # stands for any state that an interruption goes back to

# action: (from where, to where, by whom); `back` is the state before the interruption.
OFFERED = {
    "submit": ("draft", "submitted", BOTH),
    "safety_flag": (
        "submitted info_requested remedy_claimed " + WORKING,
        "safeguarding",
        BOTH + " system caseworker safeguarding_lead",
    ),
    "safety_cleared": ("safeguarding", "back", "safeguarding_lead"),
    "start_screening": ("submitted", "screening", "caseworker"),
    "ask_info": ("screening accepted actor_review", "info_requested", "caseworker"),
    "info_given": ("info_requested", "back", BOTH),
    "accept": ("screening", "accepted", "caseworker"),
    "refuse": ("screening", "not_accepted", "caseworker"),
    "route": ("accepted", "routed", "caseworker"),
    "actor_ack": ("routed", "actor_review", "respondent system"),
    "actor_answer": ("actor_review", "remedy_proposed", "respondent"),
    "dialogue_offer": ("dialogue", "remedy_proposed", "facilitator respondent"),
    "agree": ("remedy_proposed", "remedy_agreed", "affected_person"),
    "reject": ("remedy_proposed", "dialogue", "affected_person"),
    "start_delivery": ("remedy_agreed", "remedy_delivery", "respondent system"),
    "claim_done": ("remedy_delivery", "remedy_claimed", "respondent"),
    "confirm": ("remedy_claimed", "closed_remedied", "affected_person"),
    "dispute_delivery": ("remedy_claimed", "remedy_delivery", "affected_person"),
    "no_reply": ("remedy_claimed", "closed_unconfirmed", "system caseworker"),
    "withdraw": (OPEN + " paused_by_person", "closed_withdrawn", "affected_person"),
    "pause": (OPEN, "paused_by_person", "affected_person safeguarding_lead"),
    "resume": ("paused_by_person", "back", "affected_person"),
}
LATER = (
    "open_dialogue close_partial close_no_remedy appeal appeal_upheld appeal_denied reopen escalate "
    "join_group"
)
LEGAL = {
    (state, action, role): BEFORE if target == "back" else State(target)
    for action, (sources, target, roles) in OFFERED.items()
    for state, role in product(sources.split(), roles.split())
}
PARTY = (
    "actor_ack actor_answer open_dialogue dialogue_offer agree reject start_delivery claim_done confirm "
    "dispute_delivery no_reply close_partial close_no_remedy"
)


@pytest.mark.parametrize("action", OFFERED)
def test_every_listed_triple_leads_where_it_says(action: str) -> None:
    for (state, listed, role), target in LEGAL.items():
        if listed == action:
            assert LIFE.next_state(state, action, role, BEFORE) is target


@pytest.mark.parametrize("action", list(Action))
def test_every_other_triple_is_refused_by_name(action: Action) -> None:
    for state, role in product(State, Role):
        if (state, action, role) not in LEGAL:
            with pytest.raises(IllegalTransition, match="illegal_transition") as refusal:
                LIFE.next_state(state, action, role, BEFORE)
            assert refusal.value.facts == {"state": state, "action": action, "role": role}


def test_unknown_action_is_refused() -> None:
    with pytest.raises(IllegalTransition, match="fly"):
        LIFE.next_state(State.DRAFT, "fly", Role.SYSTEM)


def test_what_is_offered_never_fails() -> None:
    for state, role, scope in product(State, Role, Scope):
        for row in LIFE.actions_for(state, role, scope):
            assert (state, row.action, role) in LEGAL
            assert LIFE.next_state(state, row.action, role, BEFORE) in State


def test_scopes_are_those_of_a_thread_and_of_a_case() -> None:
    rows = LIFE.table.transitions.values()
    assert {row.action for row in rows if row.scope is Scope.PARTY} == set(PARTY.split())
    assert {row.action for row in rows if row.later} == set(LATER.split())


def test_nobody_but_the_person_accepts_or_confirms() -> None:
    for action in (Action.AGREE, Action.REJECT, Action.CONFIRM, Action.WITHDRAW):
        assert LIFE.transition(action).by == {Role.AFFECTED_PERSON}


def test_interruptions_within_interruptions_find_their_way_back() -> None:
    at = Position(State.SCREENING)
    for action, role in (
        (Action.ASK_INFO, Role.CASEWORKER),
        (Action.SAFETY_FLAG, Role.SYSTEM),
        (Action.PAUSE, Role.AFFECTED_PERSON),
    ):
        at = Position.read(at.state, at.stored)
        at = LIFE.move(at, action, role)
    assert at.resume == (State.SCREENING, State.INFO_REQUESTED, State.SAFEGUARDING)
    at = LIFE.move(at, Action.RESUME, Role.AFFECTED_PERSON)
    assert at.state is State.SAFEGUARDING
    at = LIFE.move(at, Action.SAFETY_CLEARED, Role.SAFEGUARDING_LEAD)
    at = LIFE.move(at, Action.INFO_GIVEN, Role.AFFECTED_PERSON)
    assert at == Position(State.SCREENING)
    assert at.stored is None


def test_withdrawing_forgets_the_way_back() -> None:
    paused = LIFE.move(Position(State.ROUTED), Action.PAUSE, Role.AFFECTED_PERSON)
    assert LIFE.move(paused, Action.WITHDRAW, Role.AFFECTED_PERSON) == Position(State.CLOSED_WITHDRAWN)


def test_cleared_without_a_way_back_leads_to_screening() -> None:
    cleared = LIFE.next_state(State.SAFEGUARDING, Action.SAFETY_CLEARED, Role.SAFEGUARDING_LEAD)
    assert cleared is State.SCREENING
    with pytest.raises(IllegalTransition):
        LIFE.next_state(State.PAUSED_BY_PERSON, Action.RESUME, Role.AFFECTED_PERSON)


@pytest.mark.parametrize(
    ("threads", "shown"),
    [
        ("routed", "routed"),
        ("remedy_claimed actor_review", "actor_review"),
        ("closed_remedied remedy_delivery", "remedy_delivery"),
        ("remedy_proposed dialogue", "dialogue"),
        ("closed_remedied closed_remedied", "closed_remedied"),
        ("closed_remedied closed_unconfirmed", "closed_partial"),
        ("closed_partial closed_no_remedy", "closed_partial"),
        ("closed_unconfirmed closed_no_remedy", "closed_no_remedy"),
        ("closed_withdrawn", "closed_withdrawn"),
    ],
)
def test_summary_is_the_least_advanced_open_thread(threads: str, shown: str) -> None:
    assert LIFE.summary_state(threads.split()) is State(shown)


def test_summary_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no_threads"):
        LIFE.summary_state([])
