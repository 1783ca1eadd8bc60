"""Offers: versions of a remedy plan, sealed in the thread that the person and the organisation share."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import func, select, update

from app.domain.ids import Band
from app.domain.offers import CommitmentState, OfferState
from app.domain.remedies import PlanItem, check_plan
from app.models import Case, Commitment, Offer, Party
from app.models.types import new_id
from app.services import vault
from app.services.context import Context
from app.services.vault import OpenCompartment


@dataclass(frozen=True)
class CommitmentView:
    """One promise: what will be done, by whom, how it will be shown, and how far it has come."""

    id: str
    number: int
    remedy_id: str
    for_person: bool
    due_on: date
    state: CommitmentState
    what: str
    owner: str
    proof_planned: str
    proof: str | None
    claimed_on: date | None
    decided_on: date | None


@dataclass(frozen=True)
class OfferView:
    """One version of a plan."""

    id: str
    party_id: str
    number: int
    state: OfferState
    asks_waiver: bool
    advice_on: date | None
    made_on: date
    decided_on: date | None
    summary: str
    commitments: tuple[CommitmentView, ...]

    @property
    def unconfirmed(self) -> bool:
        """Whether it was accepted and a promise in it is not confirmed yet."""
        still = any(each.state is not CommitmentState.CONFIRMED for each in self.commitments)
        return self.state is OfferState.ACCEPTED and still


def read_offers(
    ctx: Context, case_id: str, compartments: Mapping[str, OpenCompartment]
) -> tuple[OfferView, ...]:
    """The offers whose thread is among the open compartments, oldest first within each party."""
    keys = {each.party_id: each.key for each in compartments.values() if each.kind == "thread"}
    query = (
        select(Offer, Commitment)
        .outerjoin(Commitment, Commitment.offer_id == Offer.id)
        .where(Offer.case_id == case_id, Offer.party_id.in_([party for party in keys if party]))
        .order_by(Offer.party_id, Offer.number, Commitment.number)
    )
    found: dict[str, tuple[Offer, list[Commitment]]] = {}
    for offer, commitment in ctx.session.execute(query):
        found.setdefault(offer.id, (offer, []))[1].extend([commitment] if commitment else [])
    return tuple(_offer(keys[offer.party_id], offer, items) for offer, items in found.values())


@dataclass(frozen=True)
class NewOffer:
    """What an organisation offers. Where it asks to give up rights, `agree` waits for independent advice."""

    items: Sequence[PlanItem]
    summary: str
    asks_waiver: bool = False


def make_offer(ctx: Context, case: Case, party: Party, thread: OpenCompartment, new: NewOffer) -> Offer:
    """Put a new version of the plan to the person; raises PlanIncomplete for one that breaks the rules."""
    rules = ctx.portal.reference.remedy_rules
    check_plan(new.items, Band(case.band), rules)
    waiting = update(Offer).where(Offer.party_id == party.id, Offer.state == OfferState.OPEN)
    ctx.session.execute(waiting.values(state=OfferState.REPLACED))
    last = ctx.session.scalar(select(func.max(Offer.number)).where(Offer.party_id == party.id))
    offer = Offer(id=new_id(), case_id=case.id, party_id=party.id, number=(last or 0) + 1)
    offer.state, offer.asks_waiver, offer.advice_on = OfferState.OPEN, new.asks_waiver, None
    offer.made_on, offer.summary = ctx.today, vault.seal_in(thread.key, offer, "summary", new.summary)
    ctx.session.add(offer)
    ctx.session.flush()
    for number, item in enumerate(new.items, 1):
        row = Commitment(id=new_id(), case_id=case.id, offer_id=offer.id, number=number)
        row.organisation_id, row.remedy_id = party.organisation_id, item.remedy
        row.due_on = cast(date, item.due_on)  # a plan with an item without a day was refused above
        row.for_person, row.state = item.remedy in rules.for_person, CommitmentState.PROMISED
        said = {"what": item.what, "owner": item.owner, "proof": item.proof}
        row.detail = vault.seal_in(thread.key, row, "detail", json.dumps(said))
        ctx.session.add(row)
    return offer


def outstanding(ctx: Context, party: Party) -> list[Commitment]:
    """The promises of the accepted offer that the person has not confirmed, in order."""
    query = (
        select(Commitment)
        .join(Offer, Offer.id == Commitment.offer_id)
        .where(Offer.party_id == party.id, Offer.state == OfferState.ACCEPTED)
        .where(Commitment.state != CommitmentState.CONFIRMED)
        .order_by(Commitment.number)
    )
    return list(ctx.session.scalars(query))


def claim(ctx: Context, thread: OpenCompartment, commitment: Commitment, proof: str) -> None:
    """Say that a promise was kept, with the words that show it; the person decides."""
    commitment.proof = vault.seal_in(thread.key, commitment, "proof", proof)
    commitment.state, commitment.claimed_on = CommitmentState.CLAIMED, ctx.today


def _offer(key: bytes, row: Offer, items: Sequence[Commitment]) -> OfferView:
    return OfferView(
        row.id,
        row.party_id,
        row.number,
        OfferState(row.state),
        row.asks_waiver,
        row.advice_on,
        row.made_on,
        row.decided_on,
        vault.open_in(key, row, "summary"),
        tuple(_commitment(key, item) for item in items),
    )


def _commitment(key: bytes, row: Commitment) -> CommitmentView:
    said = json.loads(vault.open_in(key, row, "detail"))
    return CommitmentView(
        row.id,
        row.number,
        row.remedy_id,
        row.for_person,
        row.due_on,
        CommitmentState(row.state),
        said["what"],
        said["owner"],
        said["proof"],
        None if row.proof is None else vault.open_in(key, row, "proof"),
        row.claimed_on,
        row.decided_on,
    )
