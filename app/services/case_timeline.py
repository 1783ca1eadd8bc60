"""What happened in a case, who opened it, and what is due: read off the events and the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from sqlalchemy import literal, select

from app.domain import deadlines
from app.domain.ids import Role
from app.models import AuditEntry, Case, Event, Member, Organisation
from app.services.audit import case_chain
from app.services.context import Context


@dataclass(frozen=True)
class EventView:
    """One step, by day."""

    number: int
    action: str
    by: str
    on: date
    party_id: str | None
    how: str  # which of several ways, as `refuse` or `changes`; empty for most


@dataclass(frozen=True)
class Due:
    """What is due by when, by whose hand (`company`: its name, if one has to act), and whether it is late."""

    id: str
    owner: str
    on: date
    late: bool
    company: str = ""


@dataclass(frozen=True)
class Opening:
    """Who read what of the case on one day: an organisation, the role in which, the kinds of parts."""

    on: date
    organisation: str
    role: str
    parts: tuple[str, ...]


def read_events(ctx: Context, case_id: str) -> tuple[EventView, ...]:
    """The steps of a case, oldest first."""
    query = select(Event).where(Event.case_id == case_id).order_by(Event.number)
    return tuple(
        EventView(row.number, row.action, row.by, row.on, row.party_id, str(row.facts.get("how", "")))
        for row in ctx.session.scalars(query)
    )


def dues(
    ctx: Context, case: Case, state: str, events: Sequence[EventView], company: str = ""
) -> tuple[Due, ...]:
    """Everything that runs in this state, soonest first; `company` is whose thread it is."""
    dated = [deadlines.Event(event.action, event.on) for event in events]
    found = deadlines.deadlines(ctx.portal.reference.lifecycle.table, state, dated, case.band)
    return tuple(
        Due(
            each.id,
            each.owner,
            each.due_on,
            late=each.due_on < ctx.today,
            company=company if each.owner is Role.RESPONDENT else "",
        )
        for each in found
    )


def read_openings(ctx: Context, case_id: str) -> tuple[Opening, ...]:
    """Who opened the case, newest day first, each organisation and role once a day."""
    query = (
        select(AuditEntry.at, AuditEntry.action, AuditEntry.facts, Organisation.name)
        .join(Member, AuditEntry.actor == literal("member:").concat(Member.id))
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(AuditEntry.chain == case_chain(case_id), AuditEntry.action.like("case:%:opened"))
        .order_by(AuditEntry.number.desc())
    )
    found: dict[tuple[date, str, str], set[str]] = {}
    for at, action, facts, organisation in ctx.session.execute(query):
        who = at.astimezone(UTC).date(), organisation, facts.get("role", "")
        found.setdefault(who, set()).add(action.split(":")[1])
    return tuple(Opening(*who, parts=tuple(sorted(parts))) for who, parts in found.items())
