"""Marks on the fields of records: which hold sentences to translate, which point to other entries."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, get_args, get_type_hints

from pydantic import ConfigDict, Field, StringConstraints

STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Ref:
    """The text is the id of an entry of one of these tables, or one of the words in `also`."""

    tables: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """The text is read by people, so it is translated."""


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), Sentence()]
Level = Annotated[int, Field(ge=1, le=5)]
Days = Annotated[int, Field(ge=0)]
RightId = Annotated[str, Ref(("rights",))]
SafeguardId = Annotated[str, Ref(("safeguards",))]
ChainRoleId = Annotated[str, Ref(("roles",))]
RemedyId = Annotated[str, Ref(("remedies",))]
PersonId = Annotated[str, Ref(("people",))]
HarmId = Annotated[str, Ref(("harms",))]
StateId = Annotated[str, Ref(("states",))]


def marked(record: Any, mark: type[Any]) -> Iterator[tuple[str, Any]]:
    """The fields of a record class that carry the mark, directly or on the items of a tuple."""
    for name, hint in get_type_hints(record, include_extras=True).items():
        for found in _marks(hint):
            if isinstance(found, mark):
                yield name, found


def parts(record: Any) -> Iterator[Any]:
    """The record class itself and the record classes that its fields hold."""
    yield record
    hints = get_type_hints(record)
    for field in fields(record):
        for inner in get_args(hints[field.name]):
            if is_dataclass(inner):
                yield from parts(inner)


def _marks(hint: Any) -> Iterator[Any]:
    """Everything that annotates the hint or what it is made of."""
    yield from getattr(hint, "__metadata__", ())
    for inner in get_args(hint):
        yield from _marks(inner)
