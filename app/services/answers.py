"""What the person harmed answers to an offer. Silence is never consent: nothing here happens by itself."""

from sqlalchemy import select

from app.domain.answers import NoThanks, check_may_accept
from app.domain.errors import Conflict, NotFound
from app.domain.ids import Action
from app.domain.offers import OfferState
from app.models import Case, Offer, Party
from app.services import messages, steps
from app.services.context import Context
from app.services.reporters import own_case


def agree(ctx: Context, case_id: str, offer_id: str) -> None:
    """Accept the offer; raises RequirementsMissing if it asks to give up rights and no advice is recorded."""
    case = own_case(ctx, case_id)
    offer, party = _offer_of(ctx, case, offer_id)
    check_may_accept(offer.state, offer.asks_waiver, offer.advice_on)
    steps.take_party_step(ctx, case, party, Action.AGREE, offer=offer.id, waiver=offer.asks_waiver)
    offer.state, offer.decided_on = OfferState.ACCEPTED, ctx.today


def record_advice(ctx: Context, case_id: str, offer_id: str) -> None:
    """Note that the person took independent advice on an open offer; raises Conflict if it is not open."""
    case = own_case(ctx, case_id)
    offer, party = _offer_of(ctx, case, offer_id)
    if offer.state != OfferState.OPEN:
        raise Conflict("offer_not_open")
    if offer.advice_on is None:
        offer.advice_on = ctx.today
        steps.note(ctx, case, "advice_recorded", by="affected_person", party=party, offer=offer.id)


def reject(ctx: Context, case_id: str, party_id: str, how: NoThanks, text: str) -> None:
    """Ask for changes or refuse; both lead to talks. What the person says may be left out when refusing."""
    case = own_case(ctx, case_id)
    party = get_party(ctx, case, party_id)
    facts: dict[str, str] = {"how": how}
    if how is NoThanks.CHANGES or text.strip():
        facts["part"] = messages.put(ctx, case, party.id, "message", text)
    offer = _find_open_offer(ctx, party)
    if offer is not None:
        facts["offer"] = offer.id
        offer.decided_on = ctx.today
        offer.state = OfferState.CHANGES_ASKED if how is NoThanks.CHANGES else OfferState.REFUSED
    steps.take_party_step(ctx, case, party, Action.REJECT, **facts)


def get_party(ctx: Context, case: Case, party_id: str) -> Party:
    """A party of this case; raises NotFound for any other."""
    party = ctx.session.get(Party, party_id)
    if party is None or party.case_id != case.id:
        raise NotFound("party")
    return party


def _offer_of(ctx: Context, case: Case, offer_id: str) -> tuple[Offer, Party]:
    query = select(Offer, Party).join(Party, Party.id == Offer.party_id)
    found = ctx.session.execute(query.where(Offer.id == offer_id, Offer.case_id == case.id)).first()
    if found is None:
        raise NotFound("offer")
    return found[0], found[1]


def _find_open_offer(ctx: Context, party: Party) -> Offer | None:
    query = select(Offer).where(Offer.party_id == party.id, Offer.state == OfferState.OPEN)
    return ctx.session.scalars(query).first()
