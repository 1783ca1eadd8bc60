"""Severity: the highest answer counts, danger overrides, and one number holds the queue's order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput, RequirementsMissing
from app.domain.ids import Band, Kind
from app.domain.severity import (
    Severity,
    band,
    before_assessment,
    check_irremediability,
    queue_key,
    queue_order,
)
from app.reference import load_reference

RULES = load_reference().severity_rules
LEVEL = st.integers(1, 5)
ASSESSED = st.builds(Severity, LEVEL, LEVEL, LEVEL, st.booleans()) | st.builds(
    Severity, LEVEL, LEVEL, LEVEL, st.booleans(), st.just(Kind.POTENTIAL), st.none() | LEVEL
)
FLAGS = st.sets(st.sampled_from(["danger_to_life", "minor", "csam", "reputation"]))


@pytest.mark.parametrize(
    ("levels", "delay", "flags", "expected"),
    [
        ((1, 1, 1), False, [], Band.LOW),
        ((2, 1, 2), False, [], Band.LOW),
        ((1, 3, 1), False, [], Band.MEDIUM),
        ((1, 1, 4), False, [], Band.HIGH),
        ((5, 1, 1), False, [], Band.CRITICAL),
        ((1, 1, 1), True, [], Band.HIGH),
        ((5, 5, 5), True, [], Band.CRITICAL),
        ((1, 1, 1), False, ["danger_to_life"], Band.CRITICAL),
        ((1, 1, 1), False, ["csam"], Band.CRITICAL),
        ((1, 1, 1), False, ["violence_threat"], Band.CRITICAL),
        ((1, 1, 1), False, ["minor", "legal_deadline", "reputation"], Band.LOW),
    ],
)
def test_band(levels: tuple[int, int, int], delay: bool, flags: list[str], expected: Band) -> None:
    assert band(Severity(*levels, delay_makes_irremediable=delay), flags, RULES) is expected


@pytest.mark.parametrize(
    ("levels", "named"), [((0, 1, 1), "scale"), ((1, 6, 1), "scope"), ((1, 1, 9), "irrem")]
)
def test_level_out_of_range_is_refused(levels: tuple[int, int, int], named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        Severity(*levels)


def test_likelihood_belongs_to_what_could_happen() -> None:
    with pytest.raises(InvalidInput, match="likelihood"):
        Severity(1, 1, 1, likelihood=3)
    with pytest.raises(InvalidInput, match="likelihood"):
        Severity(1, 1, 1, kind=Kind.POTENTIAL, likelihood=6)


def test_before_assessment_the_main_harm_tells() -> None:
    assert before_assessment(4).score == 4
    assert band(before_assessment(5), [], RULES) is Band.CRITICAL


def test_lowering_irremediability_needs_a_reason_and_a_second_person() -> None:
    check_irremediability(before_assessment(4), 4, ())
    check_irremediability(before_assessment(3), 4, {"lowering_reason", "second_person"})
    with pytest.raises(RequirementsMissing, match="second_person"):
        check_irremediability(before_assessment(3), 4, {"lowering_reason"})


@given(ASSESSED, ASSESSED, FLAGS, FLAGS)
def test_key_orders_as_the_queue_does(
    one: Severity, two: Severity, flags: set[str], others: set[str]
) -> None:
    order_one, order_two = queue_order(one, flags, RULES), queue_order(two, others, RULES)
    assert (queue_key(one, flags, RULES) < queue_key(two, others, RULES)) == (order_one > order_two)
    assert (queue_key(one, flags, RULES) == queue_key(two, others, RULES)) == (order_one == order_two)


@given(ASSESSED, FLAGS)
def test_score_is_never_watered_down(severity: Severity, flags: set[str]) -> None:
    assert severity.score == max(severity.scale, severity.scope, severity.irremediability)
    assert band(severity, flags, RULES).rank >= RULES.bands[severity.score].rank


def test_irremediability_breaks_ties_before_scale_and_likelihood_last() -> None:
    final, grave = Severity(1, 1, 4), Severity(4, 4, 3)
    likely = Severity(4, 4, 3, kind=Kind.POTENTIAL, likelihood=4)
    keys = [queue_key(each, (), RULES) for each in (final, grave, likely)]
    assert keys == sorted(keys)
    assert len(set(keys)) == 3
