"""Steps of a case: the life cycle decides, one event is written, states and deadlines follow from it."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.domain import deadlines
from app.domain.cases import Lifecycle, Position
from app.domain.errors import IllegalTransition, NotFound
from app.domain.ids import Action, Role, Scope, State
from app.models import NO_DAY, Case, Event, Party
from app.services import audit
from app.services.context import Context


def get_case(ctx: Context, case_id: str) -> Case:
    """The case's row, locked against other writers until the transaction ends; raises NotFound."""
    row = ctx.session.scalars(select(Case).where(Case.id == case_id).with_for_update()).first()
    if row is None:
        raise NotFound("case")
    return row


def parties_of(ctx: Context, case_id: str) -> list[Party]:
    """The parties of a case, the lead first."""
    query = select(Party).where(Party.case_id == case_id).order_by(Party.lead.desc(), Party.id)
    return list(ctx.session.scalars(query))


def take_case_step(ctx: Context, case: Case, action: Action, **facts: Any) -> Event:
    """Move the whole case; raises IllegalTransition when state or role do not allow it."""
    lifecycle = ctx.portal.reference.lifecycle
    role = _role_for(ctx, lifecycle, action)
    before = Position.read(case.state, case.resume_state)
    after = lifecycle.move(before, action, role)
    event = note(ctx, case, action, by=role, to_state=after.state, **facts)
    _place_case(ctx, case, after.state, after.stored)
    if after.state is State.CLOSED_WITHDRAWN:
        for party in parties_of(ctx, case.id):
            if not party.closed:
                _place_party(ctx, party, after.state)
    reckon(ctx, case)
    return event


def take_party_step(ctx: Context, case: Case, party: Party, action: Action, **facts: Any) -> Event:
    """Move one party's thread; raises IllegalTransition, also while the whole case is interrupted."""
    lifecycle = ctx.portal.reference.lifecycle
    role = _role_for(ctx, lifecycle, action)
    if lifecycle.rule(case.state).interrupts or lifecycle.transition(action).scope is not Scope.PARTY:
        raise IllegalTransition(state=case.state, action=str(action), role=role)
    target = lifecycle.next_state(party.state, action, role)
    event = note(ctx, case, action, by=role, party=party, to_state=target, **facts)
    _place_party(ctx, party, target)
    reckon(ctx, case)
    return event


def note(
    ctx: Context,
    case: Case,
    action: str,
    *,
    by: str,
    party: Party | None = None,
    to_state: str | None = None,
    **facts: Any,
) -> Event:
    """Write one event and its audit row; `facts` are ids and codes, never content."""
    state = party.state if party else case.state
    last = ctx.session.scalar(select(func.max(Event.number)).where(Event.case_id == case.id))
    event = Event(
        case_id=case.id,
        number=(last or 0) + 1,
        party_id=party.id if party else None,
        action=action,
        by=by,
        organisation_id=ctx.actor.organisation_id,
        member_id=ctx.actor.member_id,
        from_state=state,
        to_state=to_state or state,
        on=ctx.today,
        facts=facts,
    )
    ctx.session.add(event)
    ctx.session.flush()
    audit.record(
        ctx, audit.case_chain(case.id), f"case:step:{action}", event.party_id or "", number=event.number
    )
    return event


def reckon(ctx: Context, case: Case) -> None:
    """Set what follows from the events: the case's summary state and every due date."""
    lifecycle, parties = ctx.portal.reference.lifecycle, parties_of(ctx, case.id)
    rule = lifecycle.rule(case.state)
    if parties and not rule.interrupts and case.state != State.CLOSED_WITHDRAWN:
        _place_case(ctx, case, lifecycle.summary_state(party.state for party in parties), None)
    events = list(ctx.session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.number)))
    for party in parties:
        mine = [event for event in events if event.party_id in (None, party.id)]
        state = case.state if rule.interrupts else party.state
        party.due_id, party.due_on = _due(ctx, case, state, mine, not_by=Role.CASEWORKER)
        party.queue_key = case.queue_key
    case.due_id, case.due_on = _due(ctx, case, case.state, events)
    soonest = min(
        (party for party in parties if not party.closed), key=lambda each: each.due_on, default=None
    )
    if soonest is not None:
        case.due_id, case.due_on = soonest.due_id, soonest.due_on


def _due(
    ctx: Context, case: Case, state: str, events: list[Event], not_by: Role | None = None
) -> tuple[str | None, date]:
    """The soonest deadline; a company's own queue leaves out those of the host's caseworkers."""
    dated = [deadlines.Event(event.action, event.on) for event in events]
    running = deadlines.deadlines(ctx.portal.reference.lifecycle.table, state, dated, case.band)
    found = next((each for each in running if each.owner is not not_by), None)
    return (found.id, found.due_on) if found else (None, NO_DAY)


def _role_for(ctx: Context, lifecycle: Lifecycle, action: Action) -> str:
    """The one of the actor's roles that may take this action; any of them if none may, to be refused."""
    may = lifecycle.transition(action).by
    roles = sorted(ctx.actor.roles)
    return next((role for role in roles if role in may), roles[0] if roles else "public")


def _place_case(ctx: Context, case: Case, state: str, resume: str | None) -> None:
    if case.state != state:
        case.state, case.state_since = state, ctx.today
    case.resume_state = resume
    case.closed = ctx.portal.reference.lifecycle.rule(state).closed


def _place_party(ctx: Context, party: Party, state: str) -> None:
    party.state, party.state_since = state, ctx.today
    party.closed = ctx.portal.reference.lifecycle.rule(state).closed
