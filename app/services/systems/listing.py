"""Listing systems: add, change, remove, and the pages of the list."""

from dataclasses import dataclass

from sqlalchemy import delete, select, tuple_

from app.domain.errors import InvalidInput, NotFound
from app.domain.systems import LONGEST_NAME, SystemFacts, SystemKind, fold
from app.models import Organisation, System, SystemName, new_id
from app.services.context import Context
from app.services.systems import owning

PAGE = 25


@dataclass(frozen=True)
class SystemSeen:
    """A listed system as its own people see it."""

    id: str
    facts: SystemFacts
    operator: str
    editable: bool


@dataclass(frozen=True)
class SystemPage:
    """One page of the list; `next_after` is the key of the next one, None on the last."""

    systems: tuple[SystemSeen, ...]
    next_after: str | None


def add(ctx: Context, facts: SystemFacts) -> str:
    """List a system and return its id.

    Raises InvalidInput as `SystemFacts.check` does, and for an unknown `role` or a refused `operator`.
    """
    editor = owning.require_editor(ctx)
    row = System(id=new_id(), listed_on=ctx.today, removed_on=None)
    _fill(ctx, editor, row, facts)
    ctx.session.add(row)
    _index(ctx, row)
    owning.note(ctx, editor, "added", row.id)
    return row.id


def change(ctx: Context, system_id: str, facts: SystemFacts) -> None:
    """Change what is listed about a system; raises NotFound for others' systems, and as `add` does."""
    editor, row = owning.get_editable(ctx, system_id)
    _fill(ctx, editor, row, facts)
    ctx.session.execute(delete(SystemName).where(SystemName.system_id == row.id))
    _index(ctx, row)
    owning.note(ctx, editor, "changed", row.id)


def remove(ctx: Context, system_id: str) -> None:
    """Take a system off the list, so that nobody finds it; cases about it keep it. Raises NotFound."""
    editor, row = owning.get_editable(ctx, system_id)
    row.removed_on = ctx.today
    ctx.session.execute(delete(SystemName).where(SystemName.system_id == row.id))
    owning.note(ctx, editor, "removed", row.id)


def show(ctx: Context, system_id: str) -> SystemSeen:
    """One listed system, to its own people and to the host's; raises NotFound."""
    viewer = _viewer(ctx)
    row = ctx.session.scalars(
        select(System).where(System.id == system_id, System.removed_on.is_(None), owning.seen_by(viewer))
    ).first()
    if row is None:
        raise NotFound("system")
    return _seen(viewer, row)


def list_systems(ctx: Context, after: str | None = None, limit: int = PAGE) -> SystemPage:
    """The systems that the actor's organisation looks after, by name; the host sees everybody's."""
    viewer = _viewer(ctx)
    query = select(System).where(System.removed_on.is_(None), owning.seen_by(viewer))
    last = ctx.session.get(System, after) if after else None
    if last is not None:
        query = query.where(tuple_(System.name, System.id) > (last.name, last.id))
    rows = list(ctx.session.scalars(query.order_by(System.name, System.id).limit(limit + 1)))
    shown = tuple(_seen(viewer, row) for row in rows[:limit])
    return SystemPage(shown, shown[-1].id if len(rows) > limit else None)


def _viewer(ctx: Context) -> Organisation:
    organisation_id, _member = ctx.actor.require_member()
    return ctx.session.get_one(Organisation, organisation_id)


def _fill(ctx: Context, editor: Organisation, row: System, facts: SystemFacts) -> None:
    facts.check()
    if facts.role not in ctx.portal.reference.roles:
        raise InvalidInput("role")
    owning.operate(editor, row, facts.operator)
    row.name, row.kind, row.role = facts.name, facts.kind, facts.role
    row.also_called = list(facts.also_called)


def _index(ctx: Context, row: System) -> None:
    ctx.session.flush()
    folded = {fold(name)[:LONGEST_NAME] for name in (row.name, row.operator_name, *row.also_called)}
    ctx.session.add_all(
        SystemName(id=new_id(), system_id=row.id, folded=name) for name in sorted(folded - {""})
    )
    ctx.session.flush()


def _seen(viewer: Organisation, row: System) -> SystemSeen:
    named = "" if row.organisation_id else row.operator_name
    facts = SystemFacts(row.name, SystemKind(row.kind), row.role, tuple(row.also_called), named)
    return SystemSeen(row.id, facts, row.operator_name, owning.may_edit(viewer, row))
