"""The reference data: what the field demands, as data files, with their loader."""

from pathlib import Path
from typing import Any

from app.reference import building
from app.reference.checks import check_entries
from app.reference.errors import ReferenceDataError
from app.reference.reading import read_entries
from app.reference.tables import Reference, Tables, record_types

FOLDER = Path(__file__).parent

__all__ = ["FOLDER", "Reference", "ReferenceDataError", "load_reference"]


def load_reference(folder: Path | None = None) -> Reference:
    """Read and check the data files; raises `ReferenceDataError` naming the file and the entry at fault."""
    entries = read_entries(folder or FOLDER)
    check_entries(entries)
    found: dict[str, dict[str, Any]] = {table: {} for table in record_types()}
    for entry in entries:
        found[entry.table][entry.id] = entry.record
    order = {right.id: right.position for right in found["rights"].values()}
    found["rights"] = dict(sorted(found["rights"].items(), key=lambda each: order[each[0]]))
    found["harms"] = dict(sorted(found["harms"].items(), key=lambda each: order[each[1].right]))
    tables = Tables(**found)
    return Reference(
        **found,
        lifecycle=building.lifecycle(tables),
        severity_rules=building.severity_rules(tables),
        remedy_rules=building.remedy_rules(tables),
    )
