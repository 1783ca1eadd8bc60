"""What the entries must fulfil together."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from app.domain.ids import Action, Band, Involvement, Kind, Role, State
from app.domain.severity import LEVELS
from app.reference.errors import ReferenceDataError
from app.reference.marks import Ref, marked
from app.reference.reading import Entry

IDS_IN_CODE: Mapping[str, type[StrEnum]] = {
    "people": Role,
    "states": State,
    "transitions": Action,
    "bands": Band,
    "harm_kinds": Kind,
    "involvement_values": Involvement,
}


def check_entries(entries: list[Entry]) -> None:
    """Raise `ReferenceDataError` for the first entry that does not fit the others, or the code."""
    known: dict[str, set[str]] = {}
    for entry in entries:
        known.setdefault(entry.table, set()).add(entry.id)
    for entry in entries:
        check_references(entry, known)
        check_levels(entry)
    for table, ids in IDS_IN_CODE.items():
        if differing := known[table] ^ {str(each) for each in ids}:
            raise ReferenceDataError(table, f"code and data differ in: {', '.join(sorted(differing))}")
    check_scores(entries)


def check_references(entry: Entry, known: Mapping[str, set[str]]) -> None:
    """Every id that the entry points to must exist."""
    for record in _with_inner(entry.record):
        for field, ref in marked(type(record), Ref):
            allowed = set(ref.also).union(*(known[table] for table in ref.tables))
            for value in _as_tuple(getattr(record, field)):
                if value not in allowed:
                    raise ReferenceDataError(entry.place, f"{field}: nothing is called {value}")


def check_levels(entry: Entry) -> None:
    """A severity question has all its answers, in order."""
    if entry.table == "dimensions" and [each.level for each in entry.record.levels] != list(LEVELS):
        raise ReferenceDataError(entry.place, "levels must be 1 to 5, in order")


def check_scores(entries: list[Entry]) -> None:
    """Every score falls into one band, and one band is the least where waiting makes harm final."""
    bands = [entry.record for entry in entries if entry.table == "bands"]
    if sorted(score for band in bands for score in band.scores) != list(LEVELS):
        raise ReferenceDataError("bands", "each score from 1 to 5 must be in one band")
    if sum(band.least_where_waiting_is_final for band in bands) != 1:
        raise ReferenceDataError("bands", "one band must be marked least_where_waiting_is_final")


def _with_inner(record: Any) -> Iterator[Any]:
    """The record and the records that it holds."""
    yield record
    for field in fields(record):
        for value in _as_tuple(getattr(record, field.name)):
            if is_dataclass(value):
                yield from _with_inner(value)


def _as_tuple(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)
