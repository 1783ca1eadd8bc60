"""What a remedy plan must hold before it may be offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import PlanIncomplete
from app.domain.ids import Band

Problem = tuple[str, int | None]  # a code, and the number of the item that it is about


@dataclass(frozen=True)
class RemedyRules:
    """From the reference data: which types are for the person, and which keep it from happening again."""

    for_person: frozenset[str]
    prevents: frozenset[str]


@dataclass(frozen=True)
class PlanItem:
    """One commitment: a type, what exactly, who does it, by when, and how it will be shown to be done."""

    remedy: str
    what: str
    owner: str
    due_on: date | None
    proof: str


def check_plan(items: Sequence[PlanItem], band: Band, rules: RemedyRules) -> None:
    """Raise `PlanIncomplete` listing everything that is wrong with the plan."""
    problems = (*_item_problems(items), *_plan_problems(items, band, rules))
    if problems:
        raise PlanIncomplete(problems)


def _plan_problems(items: Sequence[PlanItem], band: Band, rules: RemedyRules) -> Iterable[Problem]:
    types = {item.remedy for item in items}
    if not types & rules.for_person:
        yield "nothing_for_the_person", None
    if band.rank >= Band.HIGH.rank and not types & rules.prevents:
        yield "nothing_against_repetition", None


def _item_problems(items: Sequence[PlanItem]) -> Iterable[Problem]:
    for number, item in enumerate(items):
        for field in ("remedy", "what", "owner", "due_on", "proof"):
            if not getattr(item, field):
                yield f"item_without_{field}", number
