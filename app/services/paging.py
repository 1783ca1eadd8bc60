"""Lists paged by key: a cursor holds the sort key of a row, so a page costs the same wherever it lies."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, tuple_

from app.domain.errors import InvalidInput

Key = tuple[int, date, str]


@dataclass(frozen=True)
class Cursor:
    """A place in a list, and whether the page lies before or after it."""

    key: Key
    backwards: bool = False

    def __str__(self) -> str:
        number, day, row_id = self.key
        packed = json.dumps([self.backwards, number, day.isoformat(), row_id], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor that was written as `text`, None for an empty one; raises InvalidInput for others."""
        if not text:
            return None
        try:
            packed = base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
            backwards, number, day, row_id = json.loads(packed)
            return cls((int(number), date.fromisoformat(day), str(row_id)), bool(backwards))
        except (ValueError, TypeError, binascii.Error):
            raise InvalidInput("cursor") from None


def paged(query: Select[Any], order: Sequence[Any], cursor: Cursor | None, size: int) -> Select[Any]:
    """The statement for the rows of one page, and one row more that tells whether the list goes on."""
    backwards = cursor is not None and cursor.backwards
    if cursor is not None:
        place = tuple_(*order)
        query = query.where(place < cursor.key if backwards else place > cursor.key)
    return query.order_by(*(each.desc() if backwards else each.asc() for each in order)).limit(size + 1)


def cut(
    found: list[Any], keys: list[Key], cursor: Cursor | None, size: int
) -> tuple[list[Any], str | None, str | None]:
    """The rows of the page in order, and the cursors of the pages before and after it."""
    more, found, keys = len(found) > size, found[:size], keys[:size]
    backwards = cursor is not None and cursor.backwards
    if backwards:
        found, keys = found[::-1], keys[::-1]
    if not found:
        return found, None, None
    before = more if backwards else cursor is not None
    after = backwards or more
    return (
        found,
        str(Cursor(keys[0], backwards=True)) if before else None,
        str(Cursor(keys[-1])) if after else None,
    )
