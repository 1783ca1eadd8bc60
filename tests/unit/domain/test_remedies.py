"""What a remedy plan must hold."""

from datetime import date

import pytest

from app.domain.errors import PlanIncomplete
from app.domain.ids import Band
from app.domain.remedies import PlanItem, check_plan
from app.reference import load_reference

RULES = load_reference().remedy_rules
DAY = date(2026, 5, 1)
APOLOGY = PlanItem("apology", "A letter", "party", DAY, "The letter")
FILTER = PlanItem("output_filter", "A filter", "party", DAY, "A test")

GOOD = [
    ([APOLOGY], Band.LOW),
    ([APOLOGY], Band.MEDIUM),
    ([APOLOGY, FILTER], Band.HIGH),
    ([APOLOGY, FILTER], Band.CRITICAL),
]
BAD = [
    ([], Band.LOW, ("nothing_for_the_person", None)),
    ([FILTER], Band.LOW, ("nothing_for_the_person", None)),
    ([APOLOGY], Band.HIGH, ("nothing_against_repetition", None)),
    ([APOLOGY], Band.CRITICAL, ("nothing_against_repetition", None)),
    ([APOLOGY, PlanItem("", "x", "party", DAY, "y")], Band.LOW, ("item_without_remedy", 1)),
    ([PlanItem("apology", "", "party", DAY, "y")], Band.LOW, ("item_without_what", 0)),
    ([PlanItem("apology", "x", "", DAY, "y")], Band.LOW, ("item_without_owner", 0)),
    ([PlanItem("apology", "x", "party", None, "y")], Band.LOW, ("item_without_due_on", 0)),
    ([PlanItem("apology", "x", "party", DAY, "")], Band.LOW, ("item_without_proof", 0)),
]


@pytest.mark.parametrize(("plan", "band"), GOOD)
def test_complete_plans_pass(plan: list[PlanItem], band: Band) -> None:
    check_plan(plan, band, RULES)


@pytest.mark.parametrize(("plan", "band", "problem"), BAD)
def test_what_is_wrong_is_named(plan: list[PlanItem], band: Band, problem: tuple[str, int | None]) -> None:
    with pytest.raises(PlanIncomplete) as refusal:
        check_plan(plan, band, RULES)
    assert refusal.value.problems == (problem,)


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(PlanIncomplete) as refusal:
        check_plan([PlanItem("", "", "", None, "")], Band.HIGH, RULES)
    assert len(refusal.value.problems) == 7


def test_the_rules_know_which_remedy_prevents() -> None:
    assert "guarantee_of_non_repetition" in RULES.prevents
    assert not RULES.prevents & RULES.for_person
