"""Deadlines: calendar days from events, stopped by pauses, which never shorten them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadlines import Event, Pause, deadlines, due_on, next_deadline, paused_spans
from app.domain.ids import Band, Role
from app.reference import load_reference

TABLE = load_reference().lifecycle.table
START = date(2026, 3, 1)


def events(*steps: tuple[int, str]) -> list[Event]:
    return [Event(name, START + timedelta(days=day)) for day, name in steps]


ANSWERED = ((0, "route"), (2, "actor_ack"))
CASES = [
    ("submitted", [(0, "submit")], "acknowledge", 7),
    ("screening", [(0, "submit"), (5, "start_screening")], "admissibility", 21),
    ("submitted", [(0, "submit"), (0, "urgent_report")], "safety_screening", 1),
    ("safeguarding", [(0, "submit"), (4, "safety_flag")], "safety_screening", 5),
    ("accepted", [(0, "submit"), (1, "start_screening"), (8, "accept")], "route_to_actor", 11),
    ("routed", [(0, "route")], "actor_ack", 7),
    ("actor_review", ANSWERED, "actor_answer", 32),
    ("remedy_proposed", [*ANSWERED, (10, "actor_answer")], "consider_offer", 40),
    ("remedy_claimed", [(0, "claim_done")], "verify", 30),
    ("remedy_delivery", [(0, "claim_done"), (3, "dispute_delivery")], "status_update", 33),
    ("info_requested", [(0, "submit"), (1, "start_screening"), (3, "ask_info")], "info_reply", 33),
    ("closed_remedied", [(0, "claim_done"), (5, "confirm")], "follow_up_checks", 35),
    ("closed_remedied", [(0, "confirm"), (31, "follow_up_done")], "follow_up_checks", 90),
    ("not_accepted", [(0, "submit"), (9, "refuse")], "appeal_window", 189),
    ("closed_unconfirmed", [(0, "no_reply"), (40, "reprisal_reported")], "follow_up_checks", 30),
]


@pytest.mark.parametrize(("state", "steps", "name", "day"), CASES)
def test_next_deadline(state: str, steps: list[tuple[int, str]], name: str, day: int) -> None:
    found = next_deadline(TABLE, state, events(*steps), Band.LOW)
    assert found is not None
    assert (found.id, (found.due_on - START).days) == (name, day)


def test_owner_is_the_one_who_has_to_act() -> None:
    found = next_deadline(TABLE, "routed", events((0, "route")), Band.LOW)
    assert found is not None
    assert found.owner is Role.RESPONDENT


def test_critical_cases_go_to_the_company_within_a_day() -> None:
    found = next_deadline(TABLE, "accepted", events((0, "accept")), Band.CRITICAL)
    assert found is not None
    assert found.due_on == START + timedelta(days=1)


def test_an_extension_adds_its_days_once() -> None:
    steps = [*ANSWERED, (20, "answer_extended"), (21, "answer_extended")]
    running = {each.id: each.due_on for each in deadlines(TABLE, "actor_review", events(*steps), Band.LOW)}
    assert running["actor_answer"] == START + timedelta(days=2 + 30 + 60)


@pytest.mark.parametrize(
    ("state", "steps"), [("draft", []), ("paused_by_person", [(0, "submit"), (1, "pause")])]
)
def test_nothing_is_due(state: str, steps: list[tuple[int, str]]) -> None:
    assert next_deadline(TABLE, state, events(*steps), Band.LOW) is None


def test_a_report_of_revenge_is_due_even_while_paused() -> None:
    found = next_deadline(
        TABLE, "paused_by_person", events((0, "submit"), (1, "pause"), (4, "reprisal_reported")), Band.LOW
    )
    assert found is not None
    assert (found.id, found.due_on) == ("retaliation_response", START + timedelta(days=6))


def test_a_pause_moves_what_is_due() -> None:
    steps = events(*ANSWERED, (5, "pause"), (15, "resume"))
    running = {each.id: each.due_on for each in deadlines(TABLE, "actor_review", steps, Band.LOW)}
    assert running["actor_answer"] == START + timedelta(days=2 + 30 + 10)


def test_the_clock_runs_while_safety_is_looked_at_within_a_question() -> None:
    steps = events(
        (0, "submit"), (2, "ask_info"), (4, "safety_flag"), (6, "safety_cleared"), (9, "info_given")
    )
    days = [(span.start, span.end) for span in paused_spans(TABLE, steps)]
    assert days == [(steps[1].on, steps[2].on), (steps[3].on, steps[4].on)]


def test_a_pause_that_lasts_has_no_end() -> None:
    assert paused_spans(TABLE, events((0, "submit"), (3, "pause"))) == (Pause(START + timedelta(days=3)),)


@given(st.integers(0, 200), st.lists(st.tuples(st.integers(-30, 300), st.integers(0, 60)), max_size=6))
def test_pausing_never_shortens(days: int, gaps: list[tuple[int, int]]) -> None:
    pauses, free_from = [], START - timedelta(days=60)
    for begin, length in sorted(gaps):
        start = max(free_from, START + timedelta(days=begin))
        free_from = start + timedelta(days=length)
        pauses.append(Pause(start, free_from))
    plain = due_on(START, days, ())
    assert (
        plain <= due_on(START, days, pauses) <= plain + sum((p.end - p.start for p in pauses), timedelta(0))
    )
    for number in range(len(pauses)):
        assert due_on(START, days, pauses[:number]) <= due_on(START, days, pauses)
