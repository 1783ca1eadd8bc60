"""The documentation keeps up with the code: settings, columns, links, named files and commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column

import app.models  # noqa: F401
from app import create_app
from app.db import Base
from config import Settings
from tests.conftest import make_settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
NAMED_FILE = re.compile(r"`((?:app|deploy|docs|scripts|services|tests|web)/[\w./-]+\.\w+)`")
COMMAND = re.compile(r"^recourse ((?:[a-z]+)(?: [a-z]+)?)", re.MULTILINE)
# The lead's screenshots are made from the running demo.
PICTURES = {"docs/images/report.png", "docs/images/case.png"}


def rows(page: str, cells: int) -> dict[str, list[str]]:
    """The rows of a page's tables with so many cells, by the name in the first one."""
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    split = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return {row[0].strip("`"): row[1:] for row in split if len(row) == cells}


def environment_names() -> Iterator[tuple[str, str]]:
    """Each setting's name in the environment, and its default if that is a plain value."""
    for name, field in Settings.model_fields.items():
        shown = field.validation_alias or f"RECOURSE_{name.upper()}"
        plain = field.default_factory is None and isinstance(field.default, int | tuple | None)
        yield str(shown), _as_text(field.default) if plain else ""


def _as_text(value: int | tuple[str, ...] | None) -> str:
    return "none" if value is None else ",".join(value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("name", "default"), list(environment_names()))
def test_every_setting_is_explained_with_its_default(name: str, default: str) -> None:
    told = rows("docs/operating.md", cells=3)
    assert name in told
    assert told[name][1]
    if default and name != "RECOURSE_MAIL_FROM":  # made of another setting
        assert told[name][0].strip("`") == default


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_the_threat_model_lists_what_lies_in_clear_and_what_is_sealed(table) -> None:
    told = rows("docs/threat-model.md", cells=3)[table.name]
    clear, sealed = (set(re.findall(r"`(\w+)`", cell)) for cell in told)
    assert sealed == {column.name for column in table.columns if column.info.get("sealed")}
    assert clear == {column.name for column in table.columns if _says_something(column)}


def _says_something(column: Column) -> bool:
    ties_rows = column.name == "id" or column.foreign_keys
    return not ties_rows and not column.info.get("sealed")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_named_files_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    linked = {(page.parent / target).resolve() for target in LINK.findall(text) if "://" not in target}
    missing = {path for path in linked if not path.exists()} - {ROOT / picture for picture in PICTURES}
    named = [name for name in NAMED_FILE.findall(text) if not _exists(name)]
    assert (missing, named) == (set(), [])


def _exists(name: str) -> bool:
    return (ROOT / name).exists() or (ROOT / "app" / name).exists()


def test_commands_of_the_operating_guide_exist(tmp_path: Path, sqlite_url: str) -> None:
    made = create_app(make_settings(tmp_path, sqlite_url))
    for words in COMMAND.findall((ROOT / "docs/operating.md").read_text(encoding="utf-8")):
        command = made.test_cli_runner().invoke(args=[*words.split(), "--help"])
        assert command.exit_code == 0, words
    made.extensions["recourse"].database.close()
