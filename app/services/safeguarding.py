"""Safety first: holding a case, letting it go on, pausing it. What was weighed stays in internal notes."""

from app.domain.ids import Action
from app.services import notices, parts, steps
from app.services.context import Context
from app.services.messages import clean
from app.services.opening import Found, compartment


def hold(ctx: Context, found: Found, reason: str) -> None:
    """Stop everything until a safety lead has looked; raises InvalidInput (`empty_text`)."""
    _step(ctx, found, Action.SAFETY_FLAG, {"risk": reason})


def clear(ctx: Context, found: Found, risk: str, contact_plan: str) -> None:
    """Let the case go on, with the risk and the plan for safe contact written down."""
    _step(ctx, found, Action.SAFETY_CLEARED, {"risk": risk, "contact_plan": contact_plan})


def pause(ctx: Context, found: Found, reason: str) -> None:
    """Pause the case for the person's sake; only the person lets it go on."""
    _step(ctx, found, Action.PAUSE, {"risk": reason})


def _step(ctx: Context, found: Found, action: Action, notes: dict[str, str]) -> None:
    case, within = steps.get_case(ctx, found.case.id), compartment(found, "notes")
    written = [parts.add_part(ctx, within, kind, clean(text)).id for kind, text in notes.items()]
    event = steps.take_case_step(ctx, case, action, notes=written)
    notices.tell(ctx, case.id, event.number)
