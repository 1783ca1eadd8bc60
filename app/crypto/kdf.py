"""Making keys out of passwords and out of other keys.

Rule 1: what people type goes through Argon2id, so that guessing costs memory and time for each guess.
Rule 2: every use of a key gets a subkey of its own, by label; knowing one subkey tells nothing of another.
Rule 3: a password typed on any keyboard gives the same bytes (Unicode NFC).
"""

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
SALT_BYTES = 16


@dataclass(frozen=True)
class Argon2Cost:
    """What one guess costs: memory in KiB, passes over it, and lanes that may run side by side."""

    memory_kib: int
    iterations: int
    lanes: int


class Stretched(NamedTuple):
    """What a password gives: a verifier to store and compare, and a key that is never stored."""

    verifier: bytes
    wrapping_key: bytes


def stretch(typed: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    """Return the 32-byte Argon2id key of what was typed (rule 1); the salt has at least 8 bytes."""
    argon = Argon2id(
        salt=salt,
        length=_KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return argon.derive(typed)


def stretch_password(password: str, salt: bytes, cost: Argon2Cost) -> Stretched:
    """Return the verifier and the wrapping key of a password; compare verifiers with `same_secret`."""
    master = stretch(unicodedata.normalize("NFC", password).encode(), salt, cost)  # rule 3
    return Stretched(subkey(master, "password verifier"), subkey(master, "password wrapping key"))


def subkey(master: bytes, label: str) -> bytes:
    """Return the 32-byte key for one use of a strong key, named by its label (rule 2)."""
    info = b"recourse subkey 1 " + label.encode()
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=info).derive(master)


def organisation_key(private: bytes) -> bytes:
    """Return the symmetric key under which an organisation re-wraps its grants, from its private key."""
    return subkey(private, "organisation key")
