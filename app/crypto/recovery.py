"""The recovery kit: printed once, it opens an organisation's private key when every member is lost.

Rule 1: the kit holds 256 random bits; nothing about it is stored.
Rule 2: it reads without mix-ups (Crockford's base32: no I, L, O, U; any case), and a typing error is told.
"""

import hashlib
import secrets
import unicodedata

from app.crypto.compare import same_secret
from app.crypto.errors import KitTypo
from app.crypto.kdf import subkey
from app.crypto.typed import is_far_too_long, without_separators

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011")
_SECRET_BYTES = 32
_SECRET_LETTERS = 52
_CHECK_LETTERS = 4
_GROUP_LETTERS = 4


def new_recovery_kit() -> str:
    """Return a new kit to print: 14 groups of four letters and digits, joined by dashes (rule 1)."""
    body = _letters(secrets.randbits(8 * _SECRET_BYTES), _SECRET_LETTERS)
    kit = body + _check(body)
    return "-".join(kit[start : start + _GROUP_LETTERS] for start in range(0, len(kit), _GROUP_LETTERS))


def kit_key(kit: str) -> bytes:
    """Return the 32-byte key of a typed kit, or raise `KitTypo` (rule 2)."""
    if is_far_too_long(kit):
        raise KitTypo("wrong_length")
    letters = without_separators(unicodedata.normalize("NFKC", kit)).upper().translate(_LOOK_ALIKES)
    if any(letter not in _ALPHABET for letter in letters):
        raise KitTypo("wrong_character")
    if len(letters) != _SECRET_LETTERS + _CHECK_LETTERS:
        raise KitTypo("wrong_length")
    body, check = letters[:_SECRET_LETTERS], letters[_SECRET_LETTERS:]
    if not same_secret(_check(body).encode(), check.encode()):
        raise KitTypo("wrong_check")
    return subkey(body.encode(), "recovery kit")


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def _check(body: str) -> str:
    digest = hashlib.sha256(b"recourse recovery kit 1 " + body.encode()).digest()
    return _letters(int.from_bytes(digest, "big"), _CHECK_LETTERS)
