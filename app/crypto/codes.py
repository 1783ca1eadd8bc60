"""The case code: the only thing a reporter needs, and the only thing that opens their keys.

Rule 1: 26 digits are random (86 bits); guessing is hopeless even for someone who holds the database.
Rule 2: 2 check digits (ISO 7064 MOD 97-10) tell every single wrong digit and every swap of neighbours,
        before any costly work.
Rule 3: digits of every script are read alike, and separators do not matter.
Rule 4: the code itself is never stored: a peppered look-up id finds the row, and a key that depends on
        the code alone opens it. The pepper (a site secret) is never part of a case key.
"""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.crypto.errors import CodeTypo
from app.crypto.framing import frame
from app.crypto.kdf import Argon2Cost, stretch, subkey
from app.crypto.typed import is_far_too_long, without_separators

_RANDOM_DIGITS = 26
_CODE_DIGITS = _RANDOM_DIGITS + 2
_GROUP_DIGITS = 4


@dataclass(frozen=True)
class CodeKeys:
    """What a code gives: the look-up id (64 hex characters, stored) and the wrapping key (never stored)."""

    lookup: str
    wrapping_key: bytes = field(repr=False)


def new_code() -> str:
    """Return a new code: 28 ASCII digits, the last two of them check digits."""
    body = str(secrets.randbelow(10**_RANDOM_DIGITS)).zfill(_RANDOM_DIGITS)  # rule 1
    return body + str(98 - int(body) * 100 % 97).zfill(2)


def normalise(typed: str) -> str:
    """Return the 28 ASCII digits of a typed code, or raise `CodeTypo`; costs nothing (rules 2 and 3)."""
    if is_far_too_long(typed):
        raise CodeTypo("wrong_length")
    code = "".join(_ascii_digit(char) for char in without_separators(typed))
    if len(code) != _CODE_DIGITS:
        raise CodeTypo("wrong_length")
    if int(code) % 97 != 1:
        raise CodeTypo("wrong_check")
    return code


def groups(code: str) -> tuple[str, ...]:
    """Return a normalised code in seven groups of four digits, as it is shown."""
    return tuple(code[start : start + _GROUP_DIGITS] for start in range(0, _CODE_DIGITS, _GROUP_DIGITS))


def is_last_group(code: str, typed: str) -> bool:
    """Tell whether these are the last four digits of a normalised code, typed in any script (rule 3)."""
    if is_far_too_long(typed):
        return False
    try:
        return "".join(_ascii_digit(char) for char in without_separators(typed)) == groups(code)[-1]
    except CodeTypo:
        return False


def derive(code: str, salt: bytes, pepper: bytes, cost: Argon2Cost) -> CodeKeys:
    """Return the keys of a typed code under one pepper; raise `CodeTypo` before any costly work."""
    return derive_candidates(code, salt, (pepper,), cost)[0]


def derive_candidates(
    code: str, salt: bytes, peppers: Sequence[bytes], cost: Argon2Cost
) -> tuple[CodeKeys, ...]:
    """Return the keys of a typed code under each pepper, in order, for the work of one."""
    master = stretch(normalise(code).encode(), salt, cost)
    wrapping_key = subkey(master, "code wrapping key")  # rule 4
    return tuple(CodeKeys(_lookup(master, pepper), wrapping_key) for pepper in peppers)


def _lookup(master: bytes, pepper: bytes) -> str:
    unpeppered = subkey(master, "code look-up id")
    return subkey(frame(unpeppered, pepper), "peppered code look-up id").hex()


def _ascii_digit(char: str) -> str:
    value = unicodedata.decimal(char, None)  # rule 3
    if value is None:
        raise CodeTypo("wrong_character")
    return str(value)
