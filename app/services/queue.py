"""The desk's list of cases: the most severe first, then the soonest due; paged by key, never counted.

A caseworker's list holds the cases of the host; a remedy officer's holds the threads of the own organisation.
Whatever the size, a page is one statement for its rows and two for what stands beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, select

from app.domain.permissions import Permission, require
from app.domain.systems import fold
from app.models import NO_DAY, Case, CaseHarm, Party, PendingDecision, System, SystemName
from app.services.context import Context
from app.services.paging import Cursor, cut, paged
from app.services.standing import standing

PAGE = 25


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty values narrow nothing."""

    state: str = ""
    right: str = ""
    system: str = ""  # any part of a name
    mine: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class QueueRow:
    """One case as the list shows it; `due_on` None: nothing is due."""

    reference: str
    state: str
    band: str
    due_id: str | None
    due_on: date | None
    overdue: bool
    mine: bool
    system: str | None
    language: str
    flags: tuple[str, ...]
    harms: tuple[str, ...]  # the main one first
    pending: tuple[str, ...]  # decisions that wait for a second person


@dataclass(frozen=True)
class QueuePage:
    """Rows in order, and the cursors of the pages round them."""

    rows: tuple[QueueRow, ...]
    previous: str | None
    next: str | None


def find_page(ctx: Context, wanted: Wanted, cursor: str = "", size: int = PAGE) -> QueuePage:
    """The page at a cursor; raises InvalidInput for a cursor that is none.

    Raises UndertakingMissing for an officer who has not given the undertaking.
    """
    require(ctx.actor.roles, Permission.CASE_LIST)
    of_host = standing(ctx).may_list()
    table: type[Case] | type[Party] = Case if of_host else Party
    place = Cursor.read(cursor)
    query = _narrowed(ctx, _base(ctx, of_host), table, wanted)
    order = (table.queue_key, table.due_on, table.id)
    rows = list(ctx.session.execute(paged(query, order, place, size)))
    keys = [(each.key, each.due_on, each.id) for each in rows]
    shown, before, after = cut(rows, keys, place, size)
    return QueuePage(_rows(ctx, shown, of_host), before, after)


def _base(ctx: Context, of_host: bool) -> Select[Any]:
    organisation_id, _member = ctx.actor.require_member()
    table: type[Case] | type[Party] = Case if of_host else Party
    worker = Case.caseworker_id if of_host else Party.contact_id
    columns: tuple[Any, ...] = (
        Case,
        System.name,
        table.queue_key.label("key"),
        table.due_on,
        table.id,
        table.due_id,
        table.state,
        worker.label("worker"),
    )
    query = select(*columns)
    if of_host:
        query = query.where(Case.host_id == organisation_id)
    else:
        query = query.join(Party, Party.case_id == Case.id).where(Party.organisation_id == organisation_id)
    return query.outerjoin(System, System.id == Case.system_id)


def _narrowed(
    ctx: Context, query: Select[Any], table: type[Case] | type[Party], wanted: Wanted
) -> Select[Any]:
    # A state names open and closed ones alike; without one the list holds what is open.
    query = query.where(table.state == wanted.state if wanted.state else table.closed.is_(False))
    if wanted.right:
        query = query.where(exists().where(CaseHarm.case_id == Case.id, CaseHarm.right_id == wanted.right))
    if name := fold(wanted.system):
        named = select(SystemName.system_id).where(SystemName.folded.contains(name))
        query = query.where(Case.system_id.in_(named))
    if wanted.mine:
        worker = Case.caseworker_id if table is Case else Party.contact_id
        query = query.where(worker == ctx.actor.member_id)
    return query.where(table.due_on < ctx.today) if wanted.overdue else query


def _rows(ctx: Context, found: Sequence[Any], of_host: bool) -> tuple[QueueRow, ...]:
    ids = [each.Case.id for each in found]
    harms = _grouped(
        ctx.session.execute(
            select(CaseHarm.case_id, CaseHarm.harm_id)
            .where(CaseHarm.case_id.in_(ids))
            .order_by(CaseHarm.main.desc(), CaseHarm.harm_id)
        )
    )
    pending: dict[str, tuple[str, ...]] = {}
    if of_host:
        waiting = select(PendingDecision.case_id, PendingDecision.action)
        pending = _grouped(ctx.session.execute(waiting.where(PendingDecision.case_id.in_(ids))))
    return tuple(_row(ctx, each, harms, pending) for each in found)


def _grouped(pairs: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for case_id, value in pairs:
        groups[case_id] = (*groups.get(case_id, ()), value)
    return groups


def _row(
    ctx: Context, found: Any, harms: dict[str, tuple[str, ...]], pending: dict[str, tuple[str, ...]]
) -> QueueRow:
    case: Case = found.Case
    # What interrupts the case interrupts every thread of it.
    interrupted = ctx.portal.reference.lifecycle.rule(case.state).interrupts
    return QueueRow(
        reference=case.reference,
        state=case.state if interrupted else found.state,
        band=case.band,
        due_id=found.due_id,
        due_on=None if found.due_on == NO_DAY else found.due_on,
        overdue=found.due_on < ctx.today,
        mine=found.worker is not None and found.worker == ctx.actor.member_id,
        system=found.name,
        language=case.language,
        flags=tuple(case.flags),
        harms=harms.get(case.id, ()),
        pending=pending.get(case.id, ()),
    )
