"""Decisions that one member proposed: a second one agrees, or either lets them fall."""

from sqlalchemy import delete

from app.domain.desk import Proposal
from app.domain.errors import NotAllowed, NotFound
from app.models import Part, PendingDecision
from app.services import assessing, screening, steps, vault
from app.services.context import Context
from app.services.opening import Found, compartment


def confirm(ctx: Context, found: Found) -> None:
    """Agree as the second person; raises NotFound, and NotAllowed (`second_person`) for the proposer."""
    pending = _take(ctx, found)
    if pending.member_id == ctx.actor.require_member()[1]:
        raise NotAllowed("second_person")
    if pending.action == Proposal.REFUSE:
        screening.refuse(ctx, found, pending, _reason(ctx, found, pending))
    else:
        assessing.confirm(ctx, found, pending)


def decline(ctx: Context, found: Found) -> None:
    """Let a proposal fall, as the second person or as who made it."""
    pending, case = _take(ctx, found), steps.get_case(ctx, found.case.id)
    role = "caseworker" if "caseworker" in ctx.actor.roles else "safeguarding_lead"
    steps.note(ctx, case, "proposal_declined", by=role, proposal=pending.action)


def _take(ctx: Context, found: Found) -> PendingDecision:
    """Take the proposal off the table: of two who decide at once, one finds nothing left."""
    pending = found.pending
    steps.get_case(ctx, found.case.id)
    if pending is None:
        raise NotFound("pending_decision")
    gone = ctx.session.execute(delete(PendingDecision).where(PendingDecision.id == pending.id))
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound("pending_decision")
    return pending


def _reason(ctx: Context, found: Found, pending: PendingDecision) -> str:
    part = ctx.session.get_one(Part, str(pending.facts["note"]))
    return vault.open_in(compartment(found, "notes").key, part, "body")
