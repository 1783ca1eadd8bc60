"""Reads the YAML files into records and names whatever does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from app.reference.errors import ReferenceDataError
from app.reference.tables import record_types


@dataclass(frozen=True)
class Entry:
    """One record, and where it came from."""

    table: str
    id: str
    file: str
    record: Any

    @property
    def place(self) -> str:
        """How an error names it: the file, the table and the id."""
        return f"{self.file}: {self.table}: {self.id}"


def data_files(folder: Path) -> list[Path]:
    """Every data file, in a stable order."""
    return sorted(folder.rglob("*.yaml"))


def read_entries(folder: Path) -> list[Entry]:
    """Every entry of every file; raises `ReferenceDataError` for what is malformed, twice there or absent."""
    entries = [entry for path in data_files(folder) for entry in _entries_of(folder, path)]
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        earlier = seen.setdefault((entry.table, entry.id), entry)
        if earlier is not entry:
            raise ReferenceDataError(entry.place, f"this id is also in {earlier.file}")
    for table in record_types().keys() - {entry.table for entry in entries}:
        raise ReferenceDataError(str(folder), f"no file holds any {table}")
    return entries


def _entries_of(folder: Path, path: Path) -> Iterator[Entry]:
    file = path.relative_to(folder).as_posix()
    try:
        document = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ReferenceDataError(file, f"not readable as YAML: {error}") from error
    for table, rows in (document or {}).items():
        record = record_types().get(table)
        if record is None:
            raise ReferenceDataError(file, f"unknown table {table}")
        for row in rows or ():
            yield _entry(table, file, record, row)


def _entry(table: str, file: str, record: Any, row: dict[str, Any]) -> Entry:
    id_ = str(row.get("id"))
    try:
        return Entry(table, id_, file, record(**row))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ReferenceDataError(f"{file}: {table}: {id_}", f"{field}: {first['msg']}") from error
