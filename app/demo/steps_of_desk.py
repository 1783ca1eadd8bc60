"""What caseworkers and remedy officers do in a story."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.demo.scene import Scene
from app.domain.desk import Act
from app.domain.ids import Action
from app.domain.remedies import PlanItem
from app.services import assessing, desk_case, messages, responding, safeguarding, screening, sharing
from app.services.assessing import Assessment
from app.services.context import Context
from app.services.offers import NewOffer
from app.services.responding import Answer
from app.services.sharing import RiskCheck

Step = Mapping[str, Any]


def start(scene: Scene, ctx: Context, step: Step) -> None:
    """A caseworker takes the case and writes to the person."""
    screening.start(ctx, scene.open(ctx, Action.START_SCREENING), True, step["text"])


def clear(scene: Scene, ctx: Context, step: Step) -> None:
    """The safeguarding lead lets the case go on."""
    found = scene.open(ctx, Action.SAFETY_CLEARED)
    safeguarding.clear(ctx, found, step["risk"], step["contact_plan"])


def ask(scene: Scene, ctx: Context, step: Step) -> None:
    """Ask the person questions."""
    screening.ask(ctx, scene.open(ctx, Action.ASK_INFO), step["questions"], step["why"])


def assess(scene: Scene, ctx: Context, step: Step) -> None:
    """Set severity for the harms that the person named."""
    found = scene.open(ctx, Act.ASSESS)
    levels = step["levels"]
    new = Assessment(
        harms=tuple(harm.harm_id for harm in found.harms),
        scale=levels["scale"],
        scope=levels["scope"],
        irremediability=levels["irremediability"],
        delay_makes_irremediable=levels.get("delay", False),
        kind="actual",
        likelihood=None,
        reason=step["text"],
    )
    assessing.assess(ctx, found, new)


def accept(scene: Scene, ctx: Context, _step: Step) -> None:
    """Accept the report."""
    screening.accept(ctx, scene.open(ctx, Action.ACCEPT))


def route(scene: Scene, ctx: Context, step: Step) -> None:
    """Send the report to companies that the person agreed to."""
    chosen = [scene.stage.organisations[key] for key in step["to"]]
    risk = RiskCheck(step.get("risk", "low"), step["text"])
    sharing.route(ctx, scene.open(ctx, Action.ROUTE), chosen, risk)


def acknowledge(scene: Scene, ctx: Context, _step: Step) -> None:
    """A company confirms the receipt and names the acting officer."""
    party_id = scene.own_party(ctx)
    _organisation, member_id = ctx.actor.require_member()
    responding.acknowledge(ctx, scene.open(ctx, Action.ACTOR_ACK, party_id), party_id, member_id)


def answer(scene: Scene, ctx: Context, step: Step) -> None:
    """A company answers every point; `points` in the order in which the desk asks for them."""
    party_id = scene.own_party(ctx)
    found = scene.open(ctx, Action.ACTOR_ANSWER, party_id)
    points = desk_case.read(ctx, found).points
    said = dict(zip((point.key for point in points), step["points"], strict=True))
    offer = _offer(ctx, step["offer"]) if "offer" in step else None
    new = Answer(said, step["involvement"], step["view"], step.get("reasons", ""), offer)
    responding.answer(ctx, found, party_id, points, new)


def offer_again(scene: Scene, ctx: Context, step: Step) -> None:
    """A company puts a better offer."""
    party_id = scene.own_party(ctx)
    found = scene.open(ctx, Action.DIALOGUE_OFFER, party_id)
    responding.offer_again(ctx, found, party_id, _offer(ctx, step["offer"]))


def start_delivery(scene: Scene, ctx: Context, _step: Step) -> None:
    """A company begins to keep its promises."""
    party_id = scene.own_party(ctx)
    responding.start_delivery(ctx, scene.open(ctx, Action.START_DELIVERY, party_id), party_id)


def claim(scene: Scene, ctx: Context, step: Step) -> None:
    """A company says that it kept its promises; `proofs` in their order."""
    party_id = scene.own_party(ctx)
    promises = scene.latest_offer(ctx, party_id).commitments
    proofs = {each.id: proof for each, proof in zip(promises, step["proofs"], strict=True)}
    responding.claim_done(ctx, scene.open(ctx, Action.CLAIM_DONE, party_id), party_id, proofs)


def reply(scene: Scene, ctx: Context, step: Step) -> None:
    """A member writes to the person: of a company in its own conversation, of the host in the host's."""
    home = ctx.actor.organisation_id
    own = None if home == scene.stage.organisations["secretariat"] else scene.own_party(ctx)
    messages.write(ctx, scene.case_id, own, step["text"])


def _offer(ctx: Context, told: Step) -> NewOffer:
    items = [
        PlanItem(
            item["remedy"],
            item["what"],
            item["owner"],
            ctx.today + timedelta(days=item["days"]),
            item["proof"],
        )
        for item in told["items"]
    ]
    return NewOffer(items, told["summary"])


ACTS = {
    "start": start,
    "clear": clear,
    "ask": ask,
    "assess": assess,
    "accept": accept,
    "route": route,
    "acknowledge": acknowledge,
    "answer": answer,
    "offer_again": offer_again,
    "start_delivery": start_delivery,
    "claim": claim,
    "reply": reply,
}
