"""The rows that every new case begins with: the case, its harms, its first events and audit rows."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from sqlalchemy import or_, select

from app.domain import deadlines, severity
from app.domain.cases import Position
from app.domain.errors import NotFound
from app.domain.ids import Action, Kind, State
from app.domain.intake import Report
from app.models import NO_DAY, Case, CaseHarm, Event, Organisation
from app.services import audit
from app.services.context import SYSTEM, Context
from app.services.vault import Reader

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_SIGNS = 8
# A report whose harm nobody has named yet waits in the middle of the queue, not at its end.
UNKNOWN_IRREMEDIABILITY = 3


@dataclass(frozen=True)
class Readers:
    """Who may read from the first moment, and the organisations that the person agreed to."""

    reporter: Reader
    host: Reader
    agreed: frozenset[str]


def find_readers(ctx: Context, report: Report, reporter: Reader) -> Readers:
    """The host, and who of the report's shares takes part; raises NotFound where there is no host."""
    wanted = [share.organisation_id for share in report.shares]
    query = select(Organisation).where(Organisation.public_key.is_not(None))
    rows = ctx.session.scalars(query.where(or_(Organisation.kind == "host", Organisation.id.in_(wanted))))
    found = {row.id: row for row in rows}
    host = next((row for row in found.values() if row.kind == "host"), None)
    if host is None or host.public_key is None:
        raise NotFound("host")
    agreed = frozenset(row.id for row in found.values() if row.id in wanted and row.takes_part)
    return Readers(reporter, Reader("organisation", host.id, host.public_key), agreed)


def add_case(ctx: Context, case_id: str, report: Report, flags: Sequence[str], readers: Readers) -> Case:
    """Add the case with its harms and take the first steps; safety comes first where a flag is critical."""
    case = Case(id=case_id, reference=new_reference(), host_id=readers.host.id, channel="web")
    case.language, case.kind, case.system_id = report.language, Kind.ACTUAL, report.system_id
    case.flags, case.submitted_on, case.closed = list(flags), ctx.today, False
    _rate(ctx, case, report.harms)
    _take_first_steps(ctx, case)
    ctx.session.add(case)
    for number, harm_id in enumerate(report.harms):
        right = ctx.portal.reference.harms[harm_id].right
        ctx.session.add(CaseHarm(case_id=case_id, harm_id=harm_id, right_id=right, main=number == 0))
    return case


def new_reference() -> str:
    """A random public reference such as RC-7K3M9QXA; it is not secret and opens nothing."""
    return "RC-" + "".join(secrets.choice(CROCKFORD) for _ in range(REFERENCE_SIGNS))


def _rate(ctx: Context, case: Case, harms: Sequence[str]) -> None:
    reference = ctx.portal.reference
    usual = reference.harms[harms[0]].irremediability if harms else UNKNOWN_IRREMEDIABILITY
    rated = severity.before_assessment(usual)
    case.scale, case.scope, case.irremediability = rated.scale, rated.scope, rated.irremediability
    case.likelihood, case.delay_makes_irremediable = None, False
    case.band = severity.band(rated, case.flags, reference.severity_rules)
    case.queue_key = severity.queue_key(rated, case.flags, reference.severity_rules)


def _take_first_steps(ctx: Context, case: Case) -> None:
    reference = ctx.portal.reference
    position = _step(ctx, case, 1, Action.SUBMIT, Position(State.DRAFT))
    chain = audit.begin(ctx, audit.case_chain(case.id), f"case:step:{Action.SUBMIT}", number=1)
    events = [deadlines.Event(Action.SUBMIT, ctx.today)]
    if severity.is_overridden(case.flags, reference.severity_rules):
        system = _as_system(ctx)
        position = _step(system, case, 2, Action.SAFETY_FLAG, position)
        audit.follow(system, chain, f"case:step:{Action.SAFETY_FLAG}", number=2)
        events.append(deadlines.Event(Action.SAFETY_FLAG, ctx.today))
    case.state, case.resume_state, case.state_since = position.state, position.stored, ctx.today
    due = deadlines.next_deadline(reference.lifecycle.table, case.state, events, case.band)
    case.due_id, case.due_on = (due.id, due.due_on) if due else (None, NO_DAY)


def _step(ctx: Context, case: Case, number: int, action: Action, before: Position) -> Position:
    (by,) = ctx.actor.roles
    after = ctx.portal.reference.lifecycle.move(before, action, by)
    facts = {"flags": list(case.flags)} if action is Action.SAFETY_FLAG else {}
    event = Event(case_id=case.id, number=number, party_id=None, action=action, by=by, facts=facts)
    event.organisation_id, event.member_id, event.on = None, None, ctx.today
    event.from_state, event.to_state = before.state, after.state
    ctx.session.add(event)
    return after


def _as_system(ctx: Context) -> Context:
    """The portal itself, at the day's start: its row must not tell when the person was here."""
    return replace(ctx, actor=SYSTEM, now=datetime.combine(ctx.today, time.min, UTC))
