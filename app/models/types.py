"""Column kinds that every table shares: ids, references, sealed bytes, days, instants."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import uuid4

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, LargeBinary, String, TypeDecorator
from sqlalchemy.orm import MappedColumn, mapped_column

# A day later than any deadline: stands for "none" so that lists can page by it.
NO_DAY = date(9999, 12, 31)


def new_id() -> str:
    """A random row id: 32 hex characters that tell neither order nor time."""
    return uuid4().hex


class Instant(TypeDecorator[datetime]):
    """A UTC instant; SQLite loses the time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


Id = Annotated[str, mapped_column(String(32), primary_key=True, default=new_id)]
Code = Annotated[str, mapped_column(String(64))]
Key = Annotated[bytes, mapped_column(LargeBinary)]
Codes = Annotated[list[str], mapped_column(JSON, default=list)]
Facts = Annotated[dict[str, Any], mapped_column(JSON, default=dict)]
Day = Annotated[date, mapped_column()]
When = Annotated[datetime, mapped_column(Instant)]


def refers(target: str, *, delete: str = "CASCADE", index: bool = True) -> MappedColumn[Any]:
    """A reference to another row; deleting that row deletes this one unless said otherwise."""
    return mapped_column(String(32), ForeignKey(target, ondelete=delete), index=index)


def sealed() -> MappedColumn[Any]:
    """Ciphertext bound to its row; `registry.SEALED` must name the column."""
    return mapped_column(LargeBinary, info={"sealed": True})
