"""Reading what people copy from paper, a photo or a message.

Rule 1: spaces of any kind, dashes and the invisible marks that set writing direction carry no meaning.
Rule 2: what is far too long is refused before any work.
"""

import unicodedata

_LONGEST = 300
_MINUS_SIGN = "\u2212"
_IGNORED_CATEGORIES = ("Zs", "Zl", "Zp", "Pd", "Cf")


def is_far_too_long(typed: str) -> bool:
    """Tell whether the input is longer than any code with generous spacing (rule 2)."""
    return len(typed) > _LONGEST


def without_separators(typed: str) -> str:
    """Return the characters that carry meaning, in order (rule 1)."""
    return "".join(char for char in typed if not _is_separator(char))


def _is_separator(char: str) -> bool:
    return char.isspace() or char == _MINUS_SIGN or unicodedata.category(char) in _IGNORED_CATEGORIES
