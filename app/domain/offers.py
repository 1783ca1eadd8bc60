"""Where an offer and each of its promises stand. Only the person harmed makes a promise confirmed."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.domain.errors import IllegalTransition, RequirementsMissing


class OfferState(StrEnum):
    """A new offer of the same party replaces the one before."""

    OPEN = "open"
    AGREED = "agreed"
    CHANGES_ASKED = "changes_asked"
    REFUSED = "refused"
    REPLACED = "replaced"


class CommitmentState(StrEnum):
    """The party claims that a promise was kept; the person confirms it or says what is missing."""

    PROMISED = "promised"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"


def check_may_agree(state: str, asks_waiver: bool, advice_on: date | None) -> None:
    """Raise unless the offer is open and, if it asks to give up rights, independent advice is recorded."""
    if state != OfferState.OPEN:
        raise IllegalTransition("offer_not_open", state=state)
    if asks_waiver and advice_on is None:
        raise RequirementsMissing(("no_waiver_or_advice",))


def check_claimed(state: str) -> None:
    """Raise unless the party says that this promise was kept and the person has not judged it yet."""
    if state != CommitmentState.CLAIMED:
        raise IllegalTransition("promise_not_claimed", state=state)


def all_confirmed(states: Iterable[str]) -> bool:
    """Whether the person confirmed every promise; False if there is none."""
    held = set(states)
    return held == {CommitmentState.CONFIRMED}
