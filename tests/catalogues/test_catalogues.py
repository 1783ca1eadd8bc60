"""Every sentence that people read is in every catalogue, complete and well formed."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from config import ROOT, Settings
from tests.catalogues.rules import complaints

SOURCE = "en"
LANGUAGES = [code for code in Settings.model_fields["languages"].default if code != SOURCE]
TEMPLATE = ROOT / "translations" / "messages.pot"
KEYWORDS = ("lazy_gettext", "lazy_ngettext:1,2")


def _ids(catalogue: polib.POFile) -> set[tuple[str, str]]:
    return {(entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


def _read(path: Path) -> polib.POFile:
    # A path that leads nowhere would be parsed as the text of a catalogue.
    assert path.is_file(), f"{path.relative_to(ROOT)} is missing"
    return polib.pofile(str(path))


def _catalogue(language: str) -> polib.POFile:
    return _read(ROOT / "translations" / language / "LC_MESSAGES" / "messages.po")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """The sentences of code, templates and reference data as they are now."""
    target: Path = tmp_path_factory.mktemp("catalogues") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "-F", "pyproject.toml"]
    for keyword in KEYWORDS:
        command += ["--keyword", keyword]
    subprocess.run([*command, "--output-file", str(target), "."], cwd=ROOT, check=True)
    return polib.pofile(str(target))


def test_the_template_is_not_stale(extracted: polib.POFile) -> None:
    template = _ids(_read(TEMPLATE))
    assert sorted(_ids(extracted) ^ template) == [], "run `make catalogues`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_what_the_template_holds(language: str) -> None:
    catalogue = _catalogue(language)
    assert sorted(_ids(catalogue) ^ _ids(_read(TEMPLATE))) == [], "run `make catalogues`"
    assert not catalogue.obsolete_entries()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete_and_well_formed(language: str) -> None:
    catalogue = _catalogue(language)
    found = re.search(r"nplurals\s*=\s*(\d+)", catalogue.metadata["Plural-Forms"])
    assert found, "the header names no plural forms"
    forms = int(found[1])
    faults = [f"{entry.msgid!r} {fault}" for entry in catalogue for fault in complaints(entry, forms)]
    assert faults == []
