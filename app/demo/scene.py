"""Where a story of the demo stands: the case, and what its steps look up."""

from dataclasses import dataclass

from app.demo.stage import Stage
from app.services import offers, opening, situation, steps, vault
from app.services.context import Context
from app.services.offers import OfferView
from app.services.opening import Found


@dataclass(frozen=True)
class Scene:
    """One report that is being played."""

    stage: Stage
    case_id: str
    reference: str

    def open(self, ctx: Context, act: str, party_id: str | None = None) -> Found:
        """The case as the member opens it at the desk, if the desk offers the act to them now."""
        found = opening.record_opening(ctx, self.reference)
        situation.require_offered(ctx, found, act, party_id)
        return found

    def party(self, ctx: Context, home: str) -> str:
        """The id of an organisation's part in the case."""
        wanted = self.stage.organisations[home]
        return next(each.id for each in steps.parties_of(ctx, self.case_id) if each.organisation_id == wanted)

    def own_party(self, ctx: Context) -> str:
        """The id of the acting member's own part in the case."""
        wanted = ctx.actor.organisation_id
        return next(each.id for each in steps.parties_of(ctx, self.case_id) if each.organisation_id == wanted)

    def latest_offer(self, ctx: Context, party_id: str) -> OfferView:
        """The newest offer of a party."""
        ctx.session.flush()
        opened = vault.open_case(ctx, self.case_id)
        found = offers.read_offers(ctx, self.case_id, opened)
        return next(each for each in reversed(found) if each.party_id == party_id)
