"""What is wrong with a translation: pure functions from an entry of a catalogue to complaints."""

import re
from collections.abc import Iterator

from polib import POEntry

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
LONE_PERCENT = re.compile(r"%(?!\(\w+\)[sd])")
TAG = re.compile(r"</?[a-z]+[^>]*>")
OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | {
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
CLOSING = set(OPENING.values())
COUNT = "num"  # a form for none, one or two may say it in words


def complaints(entry: POEntry, forms: int) -> Iterator[str]:
    """Everything that is wrong with one entry of a language that has so many plural forms."""
    if "fuzzy" in entry.flags:
        yield "is fuzzy"
    if entry.msgid_plural:
        if len(entry.msgstr_plural) != forms:
            yield f"has {len(entry.msgstr_plural)} plural forms, not {forms}"
        for number, text in sorted(entry.msgstr_plural.items()):
            yield from (f"form {number} {fault}" for fault in _faults(entry.msgid_plural, text, {COUNT}))
    else:
        yield from _faults(entry.msgid, entry.msgstr, set())


def _faults(source: str, text: str, may_lack: set[str]) -> Iterator[str]:
    if not text.strip():
        yield "is not translated"
        return
    wanted, found = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(text))
    if found - wanted or wanted - found - may_lack:
        yield f"has the placeholders {sorted(found)}, not {sorted(wanted)}"
    if len(LONE_PERCENT.findall(source)) != len(LONE_PERCENT.findall(text)):
        yield "has a percent sign too many or too few"
    if sorted(TAG.findall(source)) != sorted(TAG.findall(text)):
        yield "has other HTML tags"
    if not balanced(text):
        yield "leaves a bidi control open or closes one too many"
    if (source[:1].isspace(), source[-1:].isspace()) != (text[:1].isspace(), text[-1:].isspace()):
        yield "begins or ends with other white space"


def balanced(text: str) -> bool:
    """Whether each bidi embedding and isolate that is opened in the text is closed in it, in order."""
    expected: list[str] = []
    for character in text:
        if character in OPENING:
            expected.append(OPENING[character])
        elif character in CLOSING and (not expected or expected.pop() != character):
            return False
    return not expected
