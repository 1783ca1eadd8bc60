"""What the person harmed may answer to offers and claims, and who may write when."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.domain.errors import IllegalTransition, RequirementsMissing
from app.domain.ids import State
from app.domain.offers import CommitmentState, OfferState

# While safety comes first, and after the person ended the case, nothing passes between person and company.
SILENT = frozenset({State.SAFEGUARDING, State.CLOSED_WITHDRAWN})


class NoThanks(StrEnum):
    """The two ways not to accept an offer; both lead on to talks."""

    CHANGES = "changes"
    REFUSE = "refuse"


class Pressure(StrEnum):
    """What the person answers when asked whether somebody pushes them to end the case."""

    NONE = "none"
    PUSHED = "pushed"
    NOT_SAID = "not_said"


def check_may_accept(state: str, asks_waiver: bool, advice_on: date | None) -> None:
    """Raise unless the offer is open and, if it asks to give up rights, independent advice is recorded."""
    if state != OfferState.OPEN:
        raise IllegalTransition("offer_not_open", state=state)
    if asks_waiver and advice_on is None:
        raise RequirementsMissing(("no_waiver_or_advice",))


def check_claimed(state: str) -> None:
    """Raise unless the company says that this promise was kept and the person has not judged it yet."""
    if state != CommitmentState.CLAIMED:
        raise IllegalTransition("promise_not_claimed", state=state)


def all_confirmed(states: Iterable[str]) -> bool:
    """Whether the person confirmed every promise; False if there is none."""
    return set(states) == {CommitmentState.CONFIRMED}


def may_write(state: str, *, to_company: bool, by_person: bool) -> bool:
    """Whether a message may be written in this state of the case; the host and the person always may talk."""
    if not to_company:
        return True
    return state not in SILENT and (by_person or state != State.PAUSED_BY_PERSON)
