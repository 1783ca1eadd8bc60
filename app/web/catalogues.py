"""The compiled translations, checked at the start: a sentence of the reference data without one stops it."""

from collections.abc import Sequence
from gettext import GNUTranslations
from pathlib import Path

from app.reference import FOLDER
from app.reference.messages import missing_translations
from config import ROOT, ConfigError

SOURCE_LANGUAGE = "en"  # the sentences in the code are its translation
SHOWN = 5


def check_catalogues(languages: Sequence[str], root: Path = ROOT) -> None:
    """Raise ConfigError naming the languages and sentences without a translation."""
    catalogues = {each: _catalogue(root, each) for each in languages if each != SOURCE_LANGUAGE}
    missing = missing_translations(FOLDER, catalogues)
    if missing:
        named = "\n".join([f"{len(missing)} sentences are not translated, such as", *missing[:SHOWN]])
        raise ConfigError(f"RECOURSE_LANGUAGES: {named}")


def _catalogue(root: Path, language: str) -> GNUTranslations:
    path = root / "translations" / language / "LC_MESSAGES" / "messages.mo"
    try:
        with path.open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:
        hint = "run `make compile`, or leave the language out"
        raise ConfigError(f"RECOURSE_LANGUAGES: no compiled translations for {language}; {hint}") from None
