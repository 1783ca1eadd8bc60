"""Hiding how long a text is.

Rule 1: the padded size is a multiple of the step, so a ciphertext tells the size only in steps.
Rule 2: there is one padded form of each value; anything else is refused.
"""

from app.crypto.aead import Place, open_sealed, seal
from app.crypto.errors import CannotOpen

TEXT_STEP = 2048
_LENGTH_BYTES = 4


def pad(data: bytes, step: int = TEXT_STEP) -> bytes:
    """Return the data with its length before it and zeros after it, up to a multiple of `step` bytes."""
    framed = len(data).to_bytes(_LENGTH_BYTES, "big") + data
    return framed + bytes(-len(framed) % step)  # rule 1


def unpad(padded: bytes, step: int = TEXT_STEP) -> bytes:
    """Return the data that `pad` was given with the same step, or raise `CannotOpen`."""
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    data = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if pad(data, step) != padded:  # rule 2
        raise CannotOpen
    return data


def seal_text(key: bytes, text: str, place: Place) -> bytes:
    """Return the text padded to steps of 2 KiB and sealed for its place."""
    return seal(key, pad(text.encode()), place)


def open_text(key: bytes, blob: bytes, place: Place) -> str:
    """Return the text sealed by `seal_text`, or raise `CannotOpen`."""
    try:
        return unpad(open_sealed(key, blob, place)).decode()
    except UnicodeDecodeError:
        raise CannotOpen from None
