"""The value chain round a system, read from the database: for routing, and for a picture."""

from dataclasses import dataclass

from sqlalchemy import CTE, literal, select

from app.domain.systems import Relation, SystemKind
from app.domain.value_chain import Edge, Node, ValueChain
from app.models import Organisation, System, SystemEdge
from app.services.context import Context


@dataclass(frozen=True)
class SystemNode:
    """A system of a chain with the names that people read."""

    id: str
    name: str
    kind: SystemKind
    role: str
    operator: str
    organisation_id: str | None
    participates: bool


@dataclass(frozen=True)
class Chain:
    """Systems by id, and edges as (downstream id, relation, upstream id) between them."""

    systems: dict[str, SystemNode]
    edges: tuple[tuple[str, Relation, str], ...]
    complete: bool = True

    def rules(self) -> ValueChain:
        """The same as the graph that the rules of routing read."""
        nodes = [
            Node(each.id, each.role, each.organisation_id, each.participates)
            for each in self.systems.values()
        ]
        return ValueChain.of(nodes, [Edge(down, up) for down, _relation, up in self.edges])


def supply_of(ctx: Context, system_id: str) -> Chain:
    """The system and everything it rests on, however far; empty for an unknown one. Three statements."""
    reached = select(_reach(system_id, upwards=True).c.id)
    return _read(ctx, tuple(ctx.session.scalars(reached)))


def picture_of(ctx: Context, system_id: str, most: int) -> Chain:
    """The system, what it rests on and what rests on it, nearest first, `most` systems at the most."""
    ids: dict[str, None] = {}
    for upwards in (True, False):
        query = select(_reach(system_id, upwards).c.id).limit(most + 1)
        ids |= dict.fromkeys(ctx.session.scalars(query))
    kept = tuple(ids)[:most]
    chain = _read(ctx, kept)
    return Chain(chain.systems, chain.edges, complete=len(ids) <= most)


def _reach(start: str, upwards: bool) -> CTE:
    # UNION drops what was reached before, so a cycle ends by itself.
    near, far = SystemEdge.downstream_id, SystemEdge.upstream_id
    if not upwards:
        near, far = far, near
    reached = select(literal(start).label("id")).cte("reached", recursive=True)
    return reached.union(select(far).join(reached, near == reached.c.id))


def _read(ctx: Context, ids: tuple[str, ...]) -> Chain:
    query = (
        select(System, Organisation.takes_part)
        .outerjoin(Organisation, Organisation.id == System.organisation_id)
        .where(System.id.in_(ids))
    )
    found = {row.id: _node(row, bool(takes_part)) for row, takes_part in ctx.session.execute(query)}
    edges = select(SystemEdge).where(SystemEdge.downstream_id.in_(ids), SystemEdge.upstream_id.in_(ids))
    rows = ctx.session.scalars(edges.order_by(SystemEdge.id))
    return Chain(
        {id_: found[id_] for id_ in ids if id_ in found},
        tuple((row.downstream_id, Relation(row.relation), row.upstream_id) for row in rows),
    )


def _node(row: System, takes_part: bool) -> SystemNode:
    kind = SystemKind(row.kind)
    return SystemNode(row.id, row.name, kind, row.role, row.operator_name, row.organisation_id, takes_part)
