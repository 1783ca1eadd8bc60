"""Every sentence of the data reaches the translators, with its line."""

from collections import Counter
from gettext import NullTranslations
from io import BytesIO

from app.reference import FOLDER, load_reference
from app.reference.marks import Sentence, marked, parts
from app.reference.messages import extract, missing_translations, sentence_keys, sentences
from app.reference.tables import record_types

DATA = b"""harms:
- id: one
  name: First sentence
  example: >-
    A sentence on
    two lines.
  follows:
  - Third sentence
  roles: [not_a_sentence]
"""


def test_sentences_come_with_their_lines() -> None:
    found = [(line, text) for line, _, text, _ in extract(BytesIO(DATA), {}, (), {})]
    assert found == [(3, "First sentence"), (4, "A sentence on two lines."), (8, "Third sentence")]


def test_a_key_is_a_sentence_everywhere_or_nowhere() -> None:
    plain = Counter(
        name
        for record in record_types().values()
        for part in parts(record)
        for name in part.__dataclass_fields__.keys() - {field for field, _ in marked(part, Sentence)}
    )
    assert not sentence_keys() & plain.keys()


def test_the_records_hold_what_is_extracted() -> None:
    reference, found = load_reference(), set(sentences(FOLDER))
    for harm in reference.harms.values():
        assert {harm.name, harm.example, harm.handling} <= found
    for dimension in reference.dimensions.values():
        assert {level.text for level in dimension.levels} <= found


def test_missing_translations_are_named_by_language() -> None:
    wanted = dict.fromkeys(sentences(FOLDER), "traduit")
    gone = wanted.popitem()[0]
    assert missing_translations(FOLDER, {"fr": wanted}) == [f"fr: no translation for {gone!r}"]
    assert len(missing_translations(FOLDER, {"ar": NullTranslations()})) == len(wanted) + 1


def test_no_sentence_is_a_format_string_or_markup() -> None:
    assert not [text for text in sentences(FOLDER) if set(text) & set("%<>{}")]
