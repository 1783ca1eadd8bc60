"""Joining several values into one so that no other values give the same bytes.

Rule 1: every part is preceded by its length, so ("ab", "c") and ("a", "bc") differ.
"""

_LENGTH_BYTES = 8


def frame(*parts: bytes) -> bytes:
    """Return the parts joined unambiguously, each preceded by its length (rule 1)."""
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in parts)
