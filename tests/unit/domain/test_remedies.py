"""What a remedy plan must hold."""

from datetime import date

import pytest

from app.domain.errors import PlanIncomplete
from app.domain.ids import Band
from app.domain.remedies import Plan, PlanItem, check_plan
from app.reference import load_reference

RULES = load_reference().remedy_rules
DAY = date(2026, 5, 1)
APOLOGY = PlanItem("apology", "A letter", "party", DAY, "The letter")
FILTER = PlanItem("output_filter", "A filter", "party", DAY, "A test")

GOOD = [
    (Plan([APOLOGY]), Band.LOW),
    (Plan([APOLOGY]), Band.MEDIUM),
    (Plan([APOLOGY, FILTER]), Band.HIGH),
    (Plan([APOLOGY, FILTER]), Band.CRITICAL),
    (Plan([APOLOGY], waiver=True, advice_recorded=True), Band.LOW),
]
BAD = [
    (Plan([]), Band.LOW, ("nothing_for_the_person", None)),
    (Plan([FILTER]), Band.LOW, ("nothing_for_the_person", None)),
    (Plan([APOLOGY]), Band.HIGH, ("nothing_against_repetition", None)),
    (Plan([APOLOGY]), Band.CRITICAL, ("nothing_against_repetition", None)),
    (Plan([APOLOGY], waiver=True), Band.LOW, ("waiver_without_advice", None)),
    (Plan([APOLOGY, PlanItem("", "x", "party", DAY, "y")]), Band.LOW, ("item_without_remedy", 1)),
    (Plan([PlanItem("apology", "", "party", DAY, "y")]), Band.LOW, ("item_without_what", 0)),
    (Plan([PlanItem("apology", "x", "", DAY, "y")]), Band.LOW, ("item_without_owner", 0)),
    (Plan([PlanItem("apology", "x", "party", None, "y")]), Band.LOW, ("item_without_due_on", 0)),
    (Plan([PlanItem("apology", "x", "party", DAY, "")]), Band.LOW, ("item_without_proof", 0)),
]


@pytest.mark.parametrize(("plan", "band"), GOOD)
def test_complete_plans_pass(plan: Plan, band: Band) -> None:
    check_plan(plan, band, RULES)


@pytest.mark.parametrize(("plan", "band", "problem"), BAD)
def test_what_is_wrong_is_named(plan: Plan, band: Band, problem: tuple[str, int | None]) -> None:
    with pytest.raises(PlanIncomplete) as refusal:
        check_plan(plan, band, RULES)
    assert refusal.value.problems == (problem,)


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(PlanIncomplete) as refusal:
        check_plan(Plan([PlanItem("", "", "", None, "")], waiver=True), Band.HIGH, RULES)
    assert len(refusal.value.problems) == 8


def test_the_rules_know_which_remedy_prevents() -> None:
    assert "guarantee_of_non_repetition" in RULES.prevents
    assert not RULES.prevents & RULES.for_person
