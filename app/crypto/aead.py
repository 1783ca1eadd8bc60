"""Sealing one value with a symmetric key: AES-256-GCM.

Rule 1: every blob opens only in the place it was sealed for (table, column, row, case).
Rule 2: every seal draws a new random 96-bit nonce; two seals of one value share nothing visible.
Rule 3: the format version is authenticated, so a blob cannot be passed off as another format.
Rule 4: whatever is wrong, the answer is the same `CannotOpen`, without a reason to learn from.
"""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.errors import CannotOpen
from app.crypto.framing import frame

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Place:
    """Where a sealed value lives; `case_id` is empty for values that belong to no case."""

    table: str
    column: str
    row_id: str
    case_id: str


def new_key() -> bytes:
    """Return a new random 32-byte key."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def seal(key: bytes, plaintext: bytes, place: Place) -> bytes:
    """Return the plaintext sealed under the 32-byte key, bound to its place."""
    nonce = os.urandom(_NONCE_BYTES)  # rule 2
    return _VERSION + nonce + _cipher(key).encrypt(nonce, plaintext, _bound_to(place))


def open_sealed(key: bytes, blob: bytes, place: Place) -> bytes:
    """Return what was sealed under this key for this place, or raise `CannotOpen`."""
    if not blob.startswith(_VERSION):  # rule 3
        raise CannotOpen
    cipher, nonce, body = _cipher(key), blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, body, _bound_to(place))
    except (InvalidTag, ValueError):  # rule 4: also for a blob too short to hold nonce and tag
        raise CannotOpen from None


def _bound_to(place: Place) -> bytes:
    names = (place.table, place.column, place.row_id, place.case_id)
    return _VERSION + frame(*(name.encode() for name in names))  # rules 1 and 3


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError("a sealing key has 32 bytes")
    return AESGCM(key)
