"""Finding a system by any part of a name that people use for it, in any script."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from app.domain.systems import SystemKind, fold
from app.models import System, SystemName
from app.services.context import Context

MOST_WORDS = 6


@dataclass(frozen=True)
class SystemFound:
    """A system that fits what was looked for."""

    id: str
    name: str
    operator: str
    kind: SystemKind


def search(ctx: Context, text: str, limit: int = 10) -> list[SystemFound]:
    """Systems each of whose words looked for stands in one of its names or its operator's, best first.

    A name that begins with the whole text comes first. Nothing looked for finds nothing.
    """
    wanted = fold(text)
    if not wanted:
        return []
    words = [_has_name(SystemName.folded.contains(word)) for word in wanted.split()[:MOST_WORDS]]
    begins = _has_name(SystemName.folded.startswith(wanted))
    query = select(System).where(System.removed_on.is_(None), *words)
    rows = ctx.session.scalars(query.order_by(begins.desc(), System.name, System.id).limit(limit))
    return [SystemFound(row.id, row.name, row.operator_name, SystemKind(row.kind)) for row in rows]


def _has_name(fits: ColumnElement[bool]) -> ColumnElement[bool]:
    # A folded text holds letters, digits and spaces only, so nothing in it is a pattern's sign.
    return exists().where(SystemName.system_id == System.id, fits)
