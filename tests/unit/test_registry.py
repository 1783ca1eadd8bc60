"""Every column that can hold text or bytes is sealed, or listed as clear with its reason."""

from sqlalchemy import JSON, Column, LargeBinary, String

import app.models  # noqa: F401
from app.db import Base
from app.models import registry

COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]


def name(column: Column) -> str:
    return f"{column.table.name}.{column.name}"


def test_registry_lists_exactly_the_sealed_columns():
    assert {name(column) for column in COLUMNS if column.info.get("sealed")} == registry.SEALED


def test_every_other_column_of_text_or_bytes_has_a_reason_to_be_clear():
    free = [column for column in COLUMNS if isinstance(column.type, String | JSON | LargeBinary)]
    unexplained = {
        name(column)
        for column in free
        if name(column) not in registry.SEALED | registry.CLEAR.keys()
        and column.name not in registry.CODES
        and not column.name.endswith("_id")
    }
    assert not unexplained


def test_lists_name_only_columns_that_exist():
    assert registry.CLEAR.keys() <= {name(column) for column in COLUMNS}
