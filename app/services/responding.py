"""What an organisation does in its thread: acknowledge, answer each point, offer, deliver, claim."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.errors import InvalidInput, NotFound
from app.domain.ids import Action, Involvement
from app.domain.permissions import Permission, permissions_of
from app.domain.points import Point, unanswered
from app.domain.requirements import check_requirements
from app.models import Case, Member, Party
from app.services import messages, notices, offers, steps
from app.services.context import Context
from app.services.messages import clean
from app.services.offers import NewOffer
from app.services.opening import Found, compartment


@dataclass(frozen=True)
class Answer:
    """What an organisation says to each point (by the point's key), how it sees its part, and its offer.

    Without an offer, `reasons` say why there is none.
    """

    points: Mapping[str, str]
    involvement: str
    view: str
    reasons: str = ""
    offer: NewOffer | None = None


def contacts(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Id and name of the members of the own organisation who may answer, by name."""
    organisation_id, _member = ctx.actor.require_member()
    query = select(Member).where(Member.organisation_id == organisation_id, Member.status == "active")
    return tuple(
        (row.id, row.name)
        for row in ctx.session.scalars(query.order_by(Member.name, Member.id))
        if Permission.POINT_ANSWER in permissions_of(row.roles)
    )


def acknowledge(ctx: Context, found: Found, party_id: str, contact_id: str) -> None:
    """Confirm the receipt and name who will answer; raises InvalidInput (`contact`)."""
    if contact_id not in dict(contacts(ctx)):
        raise InvalidInput("contact")
    case, party = _thread(ctx, found, party_id)
    party.contact_id = contact_id
    _tell(ctx, case, steps.take_party_step(ctx, case, party, Action.ACTOR_ACK, contact=contact_id).number)


def answer(ctx: Context, found: Found, party_id: str, points: Sequence[Point], new: Answer) -> None:
    """Answer each of the points, with an offer or with reasons for none.

    Raises RequirementsMissing for what was left out, PlanIncomplete for an offer that breaks the rules.
    """
    case, party = _thread(ctx, found, party_id)
    said = {key: text.strip() for key, text in new.points.items() if text.strip()}
    given = {
        "answer_to_each_point": not unanswered(points, said),
        "own_view_on_involvement": new.involvement in set(Involvement) - {Involvement.UNDETERMINED},
        "offer_or_reasons": bool(new.offer or new.reasons.strip()),
    }
    check_requirements(given, {need for need, done in given.items() if done})
    extra = {"view": new.view.strip(), "reasons": new.reasons.strip()}
    body = json.dumps({**said, **{key: text for key, text in extra.items() if text}}, ensure_ascii=False)
    part = messages.put(ctx, case, party.id, "answer", body)
    party.involvement_stated = new.involvement
    facts = {"part": part, "involvement": new.involvement}
    if new.offer is not None:
        facts["offer"] = offers.make_offer(
            ctx, case, party, compartment(found, "thread", party.id), new.offer
        ).id
    _tell(ctx, case, steps.take_party_step(ctx, case, party, Action.ACTOR_ANSWER, **facts).number)


def read_answer(text: str) -> dict[str, str]:
    """A sealed answer once opened: text by point key, then `view` and, without an offer, `reasons`."""
    said: dict[str, str] = json.loads(text)
    return said


def offer_again(ctx: Context, found: Found, party_id: str, new: NewOffer) -> None:
    """Put a new version of the offer after talks; raises PlanIncomplete."""
    case, party = _thread(ctx, found, party_id)
    made = offers.make_offer(ctx, case, party, compartment(found, "thread", party.id), new)
    event = steps.take_party_step(ctx, case, party, Action.DIALOGUE_OFFER, offer=made.id)
    _tell(ctx, case, event.number)


def start_delivery(ctx: Context, found: Found, party_id: str) -> None:
    """Begin to keep the promises of the accepted offer."""
    case, party = _thread(ctx, found, party_id)
    _tell(ctx, case, steps.take_party_step(ctx, case, party, Action.START_DELIVERY).number)


def claim_done(ctx: Context, found: Found, party_id: str, proofs: Mapping[str, str]) -> None:
    """Say of every promise that is not confirmed yet how it was kept; raises RequirementsMissing."""
    case, party = _thread(ctx, found, party_id)
    thread = compartment(found, "thread", party.id)
    due = offers.outstanding(ctx, party)
    if not due or any(not proofs.get(each.id, "").strip() for each in due):
        check_requirements(("proof_per_item",), ())
    for each in due:
        offers.claim(ctx, thread, each, clean(proofs[each.id]))
    event = steps.take_party_step(ctx, case, party, Action.CLAIM_DONE, commitments=[each.id for each in due])
    _tell(ctx, case, event.number)


def _thread(ctx: Context, found: Found, party_id: str) -> tuple[Case, Party]:
    """The locked case and a party of it; of a respondent only the own one."""
    case, party = steps.get_case(ctx, found.case.id), ctx.session.get(Party, party_id)
    own = party is not None and party.organisation_id == ctx.actor.organisation_id
    if party is None or party.case_id != case.id or not (own or found.of_host):
        raise NotFound("party")
    return case, party


def _tell(ctx: Context, case: Case, number: int) -> None:
    notices.tell(ctx, case.id, number)
