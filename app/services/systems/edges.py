"""Edges of the value chain: whoever operates a system says what it rests on."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from app.domain.errors import InvalidInput, NotFound
from app.domain.systems import Relation
from app.models import System, SystemEdge, new_id
from app.services.context import Context
from app.services.systems import owning


@dataclass(frozen=True)
class EdgeSeen:
    """`downstream` rests on `upstream`; names and operators for the eye."""

    id: str
    relation: Relation
    downstream_id: str
    downstream: str
    downstream_operator: str
    upstream_id: str
    upstream: str
    upstream_operator: str


def put(ctx: Context, system_id: str, upstream_id: str, relation: Relation) -> None:
    """Say that one's own system rests on another; saying it twice changes nothing.

    Raises NotFound for others' systems and for an unlisted upstream, InvalidInput (`same_system`).
    """
    editor, row = owning.get_editable(ctx, system_id)
    if upstream_id == row.id:
        raise InvalidInput("same_system")
    upstream = ctx.session.get(System, upstream_id)
    if upstream is None or upstream.removed_on:
        raise NotFound("system")
    edge = SystemEdge(id=new_id(), upstream_id=upstream_id, downstream_id=row.id, relation=relation)
    same = select(SystemEdge.id).filter_by(
        upstream_id=upstream_id, downstream_id=row.id, relation=edge.relation
    )
    if ctx.session.scalar(same) is None:
        ctx.session.add(edge)
        owning.note(ctx, editor, "linked", row.id, upstream=upstream_id, relation=relation)


def cut(ctx: Context, system_id: str, edge_id: str) -> None:
    """Take back what was said about one's own system; raises NotFound."""
    editor, row = owning.get_editable(ctx, system_id)
    edge = ctx.session.get(SystemEdge, edge_id)
    if edge is None or edge.downstream_id != row.id:
        raise NotFound("edge")
    ctx.session.execute(delete(SystemEdge).where(SystemEdge.id == edge_id))
    owning.note(ctx, editor, "unlinked", row.id, upstream=edge.upstream_id, relation=edge.relation)


def edges_of(ctx: Context, system_ids: tuple[str, ...], limit: int) -> tuple[EdgeSeen, ...]:
    """The edges between these systems, by the systems' names, `limit` at most.

    What others rest on besides is theirs: it is not shown to whoever shares a supplier with them.
    """
    down, up = aliased(System), aliased(System)
    query = (
        select(SystemEdge.id, SystemEdge.relation, down.id, down.name, down.operator_name)
        .add_columns(up.id, up.name, up.operator_name)
        .join(down, down.id == SystemEdge.downstream_id)
        .join(up, up.id == SystemEdge.upstream_id)
        .where(SystemEdge.downstream_id.in_(system_ids), SystemEdge.upstream_id.in_(system_ids))
        .order_by(down.name, up.name, SystemEdge.id)
        .limit(limit)
    )
    return tuple(EdgeSeen(id_, Relation(kind), *ends) for id_, kind, *ends in ctx.session.execute(query))
