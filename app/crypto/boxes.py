"""Sealing a secret to someone's public key: HPKE (RFC 9180).

The suite is ML-KEM-768 with X25519, HKDF-SHA256 and AES-256-GCM.

Rule 1: both halves of the key pair must be broken to read a box; either half alone is not enough.
Rule 2: a box opens only with the `info` it was sealed for: a grant moved to another case, compartment or
        reader does not open.
Rule 3: the format version goes into what is bound, so a box cannot be passed off as another format.
Rule 4: whatever is wrong, the answer is the same `CannotOpen`.
A box says nothing of who sealed it: anybody may seal to a public key.
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from app.crypto.errors import CannotOpen
from app.crypto.framing import frame

_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_VERSION = b"\x01"
_SEED_BYTES = 64
_LATTICE_PUBLIC_BYTES = 1184
_CURVE_BYTES = 32
PRIVATE_BYTES = _SEED_BYTES + _CURVE_BYTES
PUBLIC_BYTES = _LATTICE_PUBLIC_BYTES + _CURVE_BYTES


@dataclass(frozen=True)
class KeyPair:
    """A key pair as raw bytes: ML-KEM-768 first, X25519 after it; the private half never shows in logs."""

    public: bytes
    private: bytes = field(repr=False)


def new_key_pair() -> KeyPair:
    """Return a new random key pair: 1,216 bytes public, 96 bytes private."""
    lattice, curve = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return KeyPair(public=public, private=lattice.private_bytes_raw() + curve.private_bytes_raw())


def seal_to(public: bytes, secret: bytes, info: bytes) -> bytes:
    """Return the secret sealed so that only the holder of the private key opens it, with the same info."""
    return _VERSION + _SUITE.encrypt(secret, _public_key(public), info=_bound_to(info))


def open_box(private: bytes, blob: bytes, info: bytes) -> bytes:
    """Return the secret sealed to this private key's public half for this info, or raise `CannotOpen`."""
    if not blob.startswith(_VERSION):  # rule 3
        raise CannotOpen
    try:
        return _SUITE.decrypt(blob[1:], _private_key(private), info=_bound_to(info))
    except InvalidTag:  # rule 4
        raise CannotOpen from None


def grant_info(case_id: str, compartment_id: str, reader_id: str) -> bytes:
    """Return the info that binds a grant to its case, compartment and reader (rule 2)."""
    return frame(b"grant", case_id.encode(), compartment_id.encode(), reader_id.encode())


def _bound_to(info: bytes) -> bytes:
    return frame(b"recourse box", _VERSION, info)  # rules 2 and 3


def _public_key(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    if len(raw) != PUBLIC_BYTES:
        raise ValueError("a public key has 1216 bytes")
    lattice = MLKEM768PublicKey.from_public_bytes(raw[:_LATTICE_PUBLIC_BYTES])
    curve = X25519PublicKey.from_public_bytes(raw[_LATTICE_PUBLIC_BYTES:])
    return hpke.MLKEM768X25519PublicKey(lattice, curve)  # rule 1


def _private_key(raw: bytes) -> hpke.MLKEM768X25519PrivateKey:
    if len(raw) != PRIVATE_BYTES:
        raise ValueError("a private key has 96 bytes")
    lattice = MLKEM768PrivateKey.from_seed_bytes(raw[:_SEED_BYTES])
    curve = X25519PrivateKey.from_private_bytes(raw[_SEED_BYTES:])
    return hpke.MLKEM768X25519PrivateKey(lattice, curve)
