"""Sealing files of any size in constant memory: AES-256-GCM in chunks of 1 MiB.

Rule 1: every stream has a key of its own, from the file's key, the file's id and a random salt, so chunks
        of different files, or of two seals of one file, can never stand in for one another.
Rule 2: a chunk's nonce is its index and whether it is the last: moved, repeated, missing or added chunks
        do not open.
Rule 3: the size is padded to steps of 64 KiB; the true length lies sealed in the last chunk.
Rule 4: plaintext is handed out chunk by chunk, each checked; only when the iteration ends without
        `CannotOpen` is the file known to be whole.
"""

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.aead import KEY_BYTES
from app.crypto.errors import CannotOpen
from app.crypto.framing import frame
from app.crypto.kdf import subkey

FILE_STEP = 64 * 1024
_CHUNK_BYTES = 1024 * 1024
_TAG_BYTES = 16
_SALT_BYTES = 32
_INDEX_BYTES = 11
_VERSION = b"\x01"
_HEADER_BYTES = len(_VERSION) + _SALT_BYTES
_END_MARK = b"\x80"


def encrypt_chunks(key: bytes, file_id: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the stored form of a file: a header, then sealed chunks of 1 MiB, bound to the file id."""
    salt = os.urandom(_SALT_BYTES)
    yield _VERSION + salt
    cipher = _stream_cipher(key, file_id, salt)
    for index, (chunk, last) in enumerate(_rechunk(_padded(chunks), _CHUNK_BYTES)):
        yield cipher.encrypt(_nonce(index, last), chunk, _VERSION)


def decrypt_chunks(key: bytes, file_id: str, stored: Iterable[bytes] | BinaryIO) -> Iterator[bytes]:
    """Yield the file's bytes, or raise `CannotOpen` at the first chunk that is not as sealed (rule 4)."""
    pieces = _pieces(stored)
    header, rest = _split_header(pieces)
    cipher = _stream_cipher(key, file_id, header[len(_VERSION) :])
    for index, (sealed, last) in enumerate(_rechunk(_chained(rest, pieces), _CHUNK_BYTES + _TAG_BYTES)):
        chunk = _opened(cipher, index, last, sealed)
        yield _without_padding(chunk) if last else chunk


def _stream_cipher(key: bytes, file_id: str, salt: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError("a file key has 32 bytes")
    return AESGCM(subkey(frame(key, file_id.encode(), salt), "file stream"))  # rule 1


def _nonce(index: int, last: bool) -> bytes:
    return index.to_bytes(_INDEX_BYTES, "big") + (b"\x01" if last else b"\x00")  # rule 2


def _opened(cipher: AESGCM, index: int, last: bool, sealed: bytes) -> bytes:
    try:
        return cipher.decrypt(_nonce(index, last), sealed, _VERSION)
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def _padded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    length = 0
    for chunk in chunks:
        length += len(chunk)
        yield chunk
    yield _END_MARK + bytes(-(length + 1) % FILE_STEP)  # rule 3


def _without_padding(last_chunk: bytes) -> bytes:
    data = last_chunk.rstrip(b"\x00")
    if not data.endswith(_END_MARK):
        raise CannotOpen
    return data[: -len(_END_MARK)]


def _rechunk(pieces: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Yield (chunk, is it the last) with all chunks but the last of exactly `size` bytes."""
    waiting = bytearray()
    for piece in pieces:
        unread = memoryview(piece)
        while unread:
            if len(waiting) == size:
                yield bytes(waiting), False
                waiting.clear()
            room = size - len(waiting)
            waiting += unread[:room]
            unread = unread[room:]
    yield bytes(waiting), True


def _pieces(stored: Iterable[bytes] | BinaryIO) -> Iterator[bytes]:
    if hasattr(stored, "read"):
        return iter(lambda: stored.read(_CHUNK_BYTES), b"")
    return iter(stored)


def _split_header(pieces: Iterator[bytes]) -> tuple[bytes, bytes]:
    start = b""
    while len(start) < _HEADER_BYTES:
        piece = next(pieces, None)
        if piece is None:
            raise CannotOpen
        start += piece
    if not start.startswith(_VERSION):
        raise CannotOpen
    return start[:_HEADER_BYTES], start[_HEADER_BYTES:]


def _chained(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others
