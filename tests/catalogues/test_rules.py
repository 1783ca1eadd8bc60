"""The linter itself: it finds each kind of mistake, and nothing in a good translation."""

import pytest
from polib import POEntry

from tests.catalogues.rules import balanced, complaints

GOOD = [
    POEntry(msgid="Hello %(name)s", msgstr="Bonjour %(name)s"),
    POEntry(msgid="See <b>this</b>", msgstr="Voyez <b>ceci</b>"),
    POEntry(
        msgid="%(num)s day", msgid_plural="%(num)s days", msgstr_plural={0: "un jour", 1: "%(num)s jours"}
    ),
]
BAD = {
    "is fuzzy": POEntry(msgid="a", msgstr="b", flags=["fuzzy"]),
    "is not translated": POEntry(msgid="a", msgstr=" "),
    "has the placeholders": POEntry(msgid="%(name)s", msgstr="%(nom)s"),
    "has a percent sign": POEntry(msgid="all", msgstr="100 %"),
    "has other HTML tags": POEntry(msgid="<b>a</b>", msgstr="<b>a<b>"),
    "leaves a bidi control": POEntry(msgid="a", msgstr="\u2067a"),
    "begins or ends": POEntry(msgid="a", msgstr="a "),
    "has 1 plural forms": POEntry(msgid="a", msgid_plural="b", msgstr_plural={0: "c"}),
    "form 1 is not translated": POEntry(msgid="a", msgid_plural="b", msgstr_plural={0: "c", 1: ""}),
}


@pytest.mark.parametrize("entry", GOOD, ids=lambda entry: entry.msgid)
def test_a_good_translation_has_no_complaints(entry: POEntry) -> None:
    assert list(complaints(entry, forms=2)) == []


@pytest.mark.parametrize("fault", BAD)
def test_each_kind_of_mistake_is_found(fault: str) -> None:
    assert [found for found in complaints(BAD[fault], forms=2) if found.startswith(fault)]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("\u2067a\u2069", True),
        ("\u202ba\u2067b\u2069\u202c", True),
        ("\u202ba\u2069", False),
        ("\u202c", False),
    ],
)
def test_bidi_controls_must_close_in_order(text: str, good: bool) -> None:
    assert balanced(text) is good
