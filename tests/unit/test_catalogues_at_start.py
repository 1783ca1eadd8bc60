"""A language that is not wholly translated stops the start and is named."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app.reference import FOLDER
from app.reference.messages import sentences
from app.web.catalogues import check_catalogues
from config import ConfigError


def compiled(root, language, left_out=0):
    """A catalogue of all sentences but the first few."""
    catalogue = Catalog(locale=language)
    for sentence in list(dict.fromkeys(sentences(FOLDER)))[left_out:]:
        catalogue.add(sentence, f"[{language}] {sentence}")
    folder = root / "translations" / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)


def test_complete_languages_start(tmp_path):
    compiled(tmp_path, "fr")
    check_catalogues(("en", "fr"), tmp_path)


def test_a_missing_sentence_is_named(tmp_path):
    compiled(tmp_path, "fr", left_out=2)
    first = next(iter(sentences(FOLDER)))
    with pytest.raises(ConfigError, match="2 sentences") as refused:
        check_catalogues(("en", "fr"), tmp_path)
    assert first in str(refused.value)


def test_a_missing_catalogue_says_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match="make compile"):
        check_catalogues(("en", "ar"), tmp_path)
