"""Offers with their commitments, each followed until the person confirms it."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from app.db import Base
from app.models.types import Code, Day, Id, refers, sealed


class Offer(Base):
    """One version of a remedy plan that a party puts to the person."""

    __tablename__ = "offer"
    __table_args__ = (UniqueConstraint("party_id", "number"),)

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id")
    party_id: Mapped[str] = refers("party.id", index=False)
    number: Mapped[int]
    state: Mapped[Code]
    asks_waiver: Mapped[bool]
    advice_on: Mapped[Day | None]
    made_on: Mapped[Day]
    decided_on: Mapped[Day | None]
    summary: Mapped[bytes] = sealed()  # under the thread's key


class Commitment(Base):
    """One promise of an offer: what, by whom, by when, with which proof."""

    __tablename__ = "commitment"

    id: Mapped[Id]
    case_id: Mapped[str] = refers("case.id")
    offer_id: Mapped[str] = refers("offer.id")
    organisation_id: Mapped[str] = refers("organisation.id", index=False)
    number: Mapped[int]
    remedy_id: Mapped[Code]
    for_person: Mapped[bool]
    due_on: Mapped[Day]
    state: Mapped[Code]
    claimed_on: Mapped[Day | None]
    decided_on: Mapped[Day | None]
    detail: Mapped[bytes] = sealed()  # what will be done, and how it will be proved
    proof: Mapped[bytes | None] = sealed()  # what the party says when it claims delivery
