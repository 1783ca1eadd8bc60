"""Sealing work files that a parser must read in any order: AES-256-CTR under a key that is never kept.

Rule 1: every file has a new key, which lives only as long as its object: after a crash nobody has it.
Rule 2: a work file is written once from start to end, so that no part of the key stream is used twice.
Rule 3: nothing here is authenticated: use it only for files that never leave the process that made them.
"""

import os

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

_KEY_BYTES = 32
_BLOCK_BYTES = 16


class ScratchKey:
    """The key of one work file; it is never shown and never leaves the object."""

    def __init__(self) -> None:
        self._algorithm = AES(os.urandom(_KEY_BYTES))  # rule 1

    def apply(self, offset: int, data: bytes) -> bytes:
        """Return the data that lies at this offset, sealed if it was open and open if it was sealed."""
        block, skipped = divmod(offset, _BLOCK_BYTES)
        stream = Cipher(self._algorithm, CTR(block.to_bytes(_BLOCK_BYTES, "big"))).encryptor()
        stream.update(bytes(skipped))
        return stream.update(data)
