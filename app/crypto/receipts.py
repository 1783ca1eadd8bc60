"""The filing receipt: proof, without content, that a report reached this portal on this day.

Rule 1: a receipt tells the portal, the day and a fingerprint, and nothing that could identify anybody.
Rule 2: the fingerprint is made with a random nonce that stays with the case, so that nobody can find out
        a report's text by guessing at it.
Rule 3: there is one text for each receipt; the signature covers every line, and any other text is refused.
        Only what programs do to plain text on the way (line ends, a byte-order mark, blank ends) is undone.
Rule 4: the published key alone is enough to check it, offline.
"""

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.crypto.errors import ReceiptInvalid
from app.crypto.framing import frame

_LONGEST_TEXT = 4000
_NONCE_BYTES = 32
_TITLE = "Recourse filing receipt, format 1"
_SHAPE = re.compile(
    rf"{_TITLE}\nportal: (?P<portal>\S+)\nday: (?P<day>\d{{4}}-\d\d-\d\d)\n"
    r"fingerprint: (?P<fingerprint>[0-9a-f]{64})\nsignature: (?P<signature>[A-Za-z0-9+/]{86}==)",
    re.ASCII,
)


@dataclass(frozen=True)
class Receipt:
    """What a receipt states: the portal's address, the day of filing and the report's fingerprint."""

    portal: str
    day: date
    fingerprint: str


def new_signing_key() -> bytes:
    """Return a new random Ed25519 signing key, 32 raw bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(signing_key: bytes) -> bytes:
    """Return the 32 raw bytes that the portal publishes for checking receipts."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def new_nonce() -> bytes:
    """Return the random nonce of one fingerprint; keep it sealed with the case (rule 2)."""
    return secrets.token_bytes(_NONCE_BYTES)


def fingerprint(nonce: bytes, *parts: bytes) -> str:
    """Return the 64 hex characters that stand for exactly these parts under this nonce (rule 2)."""
    return hashlib.sha256(frame(b"recourse fingerprint 1", nonce, *parts)).hexdigest()


def sign_receipt(signing_key: bytes, receipt: Receipt) -> str:
    """Return the receipt as a short text to download; raise `ReceiptInvalid` for a malformed field."""
    signature = Ed25519PrivateKey.from_private_bytes(signing_key).sign(_statement(receipt).encode())
    text = f"{_statement(receipt)}\nsignature: {base64.b64encode(signature).decode()}"
    if not _SHAPE.fullmatch(text):  # rule 3
        raise ReceiptInvalid
    return text + "\n"


def verify_receipt(public_key: bytes, text: str) -> Receipt:
    """Return what the receipt states, or raise `ReceiptInvalid` if this key did not sign it (rule 4)."""
    found = _SHAPE.fullmatch(_plain(text))
    if not found:  # rule 3
        raise ReceiptInvalid
    receipt = Receipt(found["portal"], _day(found["day"]), found["fingerprint"])
    try:
        signature = base64.b64decode(found["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _statement(receipt).encode())
    except (InvalidSignature, binascii.Error):
        raise ReceiptInvalid from None
    return receipt


def _statement(receipt: Receipt) -> str:
    return (
        f"{_TITLE}\nportal: {receipt.portal}\nday: {receipt.day.isoformat()}\n"
        f"fingerprint: {receipt.fingerprint}"
    )


def _plain(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise ReceiptInvalid
    lines = text.removeprefix("\ufeff").strip().splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ReceiptInvalid from None
