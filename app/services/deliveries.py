"""Whether promises were kept: the company claims it, and only the person harmed confirms it, one by one."""

from typing import Any

from sqlalchemy import select

from app.domain.answers import all_confirmed, check_claimed
from app.domain.errors import IllegalTransition, InvalidInput, NotFound
from app.domain.ids import Action, State
from app.domain.offers import CommitmentState, OfferState
from app.models import Case, Commitment, Offer, Party
from app.services import messages, steps
from app.services.context import Context
from app.services.reporters import own_case

SATISFACTION = range(1, 6)


def confirm(ctx: Context, case_id: str, commitment_id: str, satisfaction: int | None = None) -> bool:
    """Confirm that a promise was kept; True if it was the last one, which closes the party's thread.

    `satisfaction` from 1 to 5 may be left out. Raises IllegalTransition where nothing is claimed.
    """
    case = own_case(ctx, case_id)
    commitment, party = _claimed(ctx, case, commitment_id)
    if satisfaction is not None and satisfaction not in SATISFACTION:
        raise InvalidInput("satisfaction")
    commitment.state, commitment.decided_on = CommitmentState.CONFIRMED, ctx.today
    facts = {"commitment": commitment.id, "satisfaction": satisfaction}
    if party.state == State.REMEDY_CLAIMED and all_confirmed(_states(ctx, commitment.offer_id)):
        steps.take_party_step(ctx, case, party, Action.CONFIRM, **facts)
        return True
    _note(ctx, case, party, "promise_confirmed", **facts)
    return False


def dispute(ctx: Context, case_id: str, commitment_id: str, missing: str) -> None:
    """Say what is missing in a claimed promise; the company has to go on with it."""
    case = own_case(ctx, case_id)
    commitment, party = _claimed(ctx, case, commitment_id)
    part_id = messages.put(ctx, case, party.id, "message", missing)
    commitment.state, commitment.decided_on = CommitmentState.DISPUTED, ctx.today
    facts = {"commitment": commitment.id, "part": part_id}
    if party.state == State.REMEDY_CLAIMED:
        steps.take_party_step(ctx, case, party, Action.DISPUTE_DELIVERY, **facts)
    else:
        _note(ctx, case, party, "promise_disputed", **facts)


def _claimed(ctx: Context, case: Case, commitment_id: str) -> tuple[Commitment, Party]:
    """A promise that waits for the person's word, and whose it is."""
    if ctx.portal.reference.lifecycle.rule(case.state).interrupts:
        raise IllegalTransition(state=case.state, action="confirm")
    query = (
        select(Commitment, Party)
        .join(Offer, Offer.id == Commitment.offer_id)
        .join(Party, Party.id == Offer.party_id)
        .where(Commitment.id == commitment_id, Commitment.case_id == case.id)
        .where(Offer.state == OfferState.ACCEPTED)
    )
    found = ctx.session.execute(query).first()
    if found is None:
        raise NotFound("commitment")
    commitment, party = found
    if party.closed:
        raise IllegalTransition(state=party.state, action="confirm")
    check_claimed(commitment.state)
    return commitment, party


def _states(ctx: Context, offer_id: str) -> list[str]:
    ctx.session.flush()
    return list(ctx.session.scalars(select(Commitment.state).where(Commitment.offer_id == offer_id)))


def _note(ctx: Context, case: Case, party: Party, action: str, **facts: Any) -> None:
    steps.note(ctx, case, action, by="affected_person", party=party, **facts)
    steps.reckon(ctx, case)
