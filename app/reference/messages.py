"""The sentences of the data files, for gettext: `app.reference.messages:extract` is a Babel extractor."""

from collections.abc import Iterator, Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import IO, Any

import yaml

from app.reference.marks import Sentence, marked, parts
from app.reference.reading import data_files
from app.reference.tables import record_types

Message = tuple[int, None, str, list[str]]


@cache
def sentence_keys() -> frozenset[str]:
    """The keys whose values are sentences, as marked on the records."""
    return frozenset(
        name
        for record in record_types().values()
        for part in parts(record)
        for name, _ in marked(part, Sentence)
    )


def extract(  # Babel's own signature
    fileobj: IO[bytes],
    keywords: Any,  # noqa: ARG001
    comment_tags: Any,  # noqa: ARG001
    options: Any,  # noqa: ARG001
) -> Iterator[Message]:
    """What Babel asks of an extractor: (line, function, sentence, comments) for each sentence of a file."""
    for line, sentence in _sentences_in(yaml.compose(fileobj, Loader=yaml.CSafeLoader)):
        yield line, None, sentence, []


def sentences(folder: Path) -> Iterator[str]:
    """Every sentence of every data file, as people read it in English."""
    for path in data_files(folder):
        with path.open("rb") as file:
            yield from (sentence for _, _, sentence, _ in extract(file, {}, (), {}))


def missing_translations(
    folder: Path, catalogues: Mapping[str, Mapping[str, str] | NullTranslations]
) -> list[str]:
    """One line for each sentence that a catalogue, given by its language, does not translate."""
    wanted = list(dict.fromkeys(sentences(folder)))
    return [
        f"{language}: no translation for {sentence!r}"
        for language, catalogue in catalogues.items()
        for sentence in wanted
        if not _translations(catalogue).get(sentence)
    ]


def _translations(catalogue: Mapping[str, str] | NullTranslations) -> Mapping[str, str]:
    """A catalogue as a mapping; gettext's own classes keep theirs in an attribute without a public name."""
    if isinstance(catalogue, NullTranslations):
        found: Mapping[str, str] = getattr(catalogue, "_catalog", {})
        return found
    return catalogue


def _sentences_in(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """The line and the text of each sentence below the node."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in sentence_keys():
                yield from _scalars(value)
            else:
                yield from _sentences_in(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _sentences_in(value)


def _scalars(node: yaml.Node) -> Iterator[tuple[int, str]]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    yield from ((each.start_mark.line + 1, each.value) for each in nodes)
