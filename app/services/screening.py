"""A caseworker's first steps: start to read, ask, accept, or propose not to accept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.desk import Proposal
from app.domain.errors import InvalidInput
from app.domain.ids import Action
from app.domain.requirements import check_requirements
from app.models import Case, PendingDecision
from app.models.types import new_id
from app.services import messages, notices, parts, steps
from app.services.context import Context
from app.services.messages import clean
from app.services.opening import Found, compartment

MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Refusal:
    """Why a report is not accepted, in a code and in words for the person, and where else they can go."""

    code: str
    reasons: str
    routes: tuple[str, ...]


def start(ctx: Context, found: Found, no_conflict: bool, acknowledgement: str) -> None:
    """Begin to read: the acting caseworker takes the case and writes to the person."""
    given = {"conflict_check"} if no_conflict else set()
    case = _case(ctx, found)
    part = messages.put(ctx, case, None, "message", acknowledgement)
    _check(ctx, Action.START_SCREENING, given | {"acknowledgement_sent"})
    case.caseworker_id = ctx.actor.require_member()[1]
    _tell(ctx, case, steps.take_case_step(ctx, case, Action.START_SCREENING, part=part).number)


def ask(ctx: Context, found: Found, questions: Sequence[str], why: str) -> None:
    """Ask up to three questions and say why; raises InvalidInput (`question_count`, `empty_text`)."""
    asked = [clean(question) for question in questions if question.strip()]
    if not 1 <= len(asked) <= MOST_QUESTIONS:
        raise InvalidInput("question_count")
    numbered = [f"{number}. {question}" for number, question in enumerate(asked, 1)]
    case = _case(ctx, found)
    part = messages.put(ctx, case, None, "question", "\n\n".join([clean(why), *numbered]))
    event = steps.take_case_step(ctx, case, Action.ASK_INFO, part=part, questions=len(asked))
    _tell(ctx, case, event.number)


def accept(ctx: Context, found: Found) -> None:
    """Accept the report; harm and severity are known, as the desk makes sure before it offers this."""
    case = _case(ctx, found)
    _tell(ctx, case, steps.take_case_step(ctx, case, Action.ACCEPT).number)


def propose_refusal(ctx: Context, found: Found, refusal: Refusal) -> None:
    """Keep the proposal and its reasons for a second caseworker; the person hears nothing yet.

    Raises RequirementsMissing without a reason code of the reference data or without a route.
    """
    reference = ctx.portal.reference
    routes = [route for route in refusal.routes if route in reference.routes]
    given = {"refusal_code"} if refusal.code in reference.refusal_codes else set()
    check_requirements(("refusal_code", "route_shown"), given | ({"route_shown"} if routes else set()))
    case = _case(ctx, found)
    note = parts.add_part(ctx, compartment(found, "notes"), "reason", clean(refusal.reasons))
    facts = {"code": refusal.code, "routes": routes, "note": note.id}
    propose(ctx, case, Proposal.REFUSE, facts)
    steps.note(ctx, case, "refusal_proposed", by="caseworker", code=refusal.code)


def refuse(ctx: Context, found: Found, pending: PendingDecision, reasons: str) -> None:
    """Refuse as a second caseworker: the person gets the reasons, the routes and the way to a review."""
    case, facts = _case(ctx, found), pending.facts
    part = messages.put(ctx, case, None, "reason", reasons)
    event = steps.take_case_step(
        ctx,
        case,
        Action.REFUSE,
        code=facts["code"],
        routes=facts["routes"],
        proposed_by=pending.member_id,
        part=part,
    )
    _tell(ctx, case, event.number)


def propose(ctx: Context, case: Case, action: Proposal, facts: Mapping[str, object]) -> None:
    """Add a decision that waits for a second person."""
    row = PendingDecision(id=new_id(), case_id=case.id, action=action, facts=dict(facts))
    row.member_id, row.proposed_on = ctx.actor.require_member()[1], ctx.today
    ctx.session.add(row)


def _case(ctx: Context, found: Found) -> Case:
    return steps.get_case(ctx, found.case.id)


def _check(ctx: Context, action: Action, given: set[str]) -> None:
    check_requirements(ctx.portal.reference.lifecycle.transition(action).requires, given)


def _tell(ctx: Context, case: Case, number: int) -> None:
    notices.tell(ctx, case.id, number)
