"""What becomes of an offer and of each promise in it."""

from enum import StrEnum


class OfferState(StrEnum):
    """An offer waits for the person; a newer one takes the place of one that still waits."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CHANGES_ASKED = "changes_asked"
    REFUSED = "refused"
    REPLACED = "replaced"


class CommitmentState(StrEnum):
    """Only the person turns what is claimed into what is confirmed."""

    PROMISED = "promised"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
