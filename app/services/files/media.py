"""Judging sound and video by the frame of their container; what they hold is not decoded.

Rule 1: a container that names sizes must have all of its bytes.
Rule 2: a container that does not say what it is said to be is broken.
"""

import os
from typing import BinaryIO

from app.services.files.kinds import FileKind, FileRefused

_HEAD_BYTES = 64
_BOX_HEADER_BYTES = 16
_ID3_HEADER_BYTES = 10
_BOXED = frozenset({FileKind.MP4, FileKind.M4A, FileKind.MOV, FileKind.THREE_GP})


def judge_media(kind: FileKind, source: BinaryIO) -> None:
    """Raise `FileRefused` (`broken`) unless the file is a sound or video container of this kind."""
    if not (_boxes_are_whole(source) if kind in _BOXED else _head_fits(kind, source)):
        raise FileRefused("broken")


def _head_fits(kind: FileKind, source: BinaryIO) -> bool:
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    match kind:
        case FileKind.OGG:
            return head.startswith(b"OggS\x00")
        case FileKind.WAV:
            return head.startswith(b"RIFF") and head[8:12] == b"WAVE"
        case FileKind.WEBM:
            return head.startswith(b"\x1aE\xdf\xa3") and b"\x42\x82\x84webm" in head
        case _:
            return _is_mp3_frame(_after_id3(source, head))


def _boxes_are_whole(source: BinaryIO) -> bool:
    size, at, names = source.seek(0, os.SEEK_END), 0, []
    while at < size:
        length, name = _box(source, at, size)
        if length < 8 or at + length > size:  # rule 1
            return False
        names.append(name)
        at += length
    return names[:1] == [b"ftyp"] and b"moov" in names  # rule 2


def _box(source: BinaryIO, at: int, size: int) -> tuple[int, bytes]:
    source.seek(at)
    header = source.read(_BOX_HEADER_BYTES)
    length = int.from_bytes(header[:4], "big")
    if length == 0:  # the last box may say "to the end"
        length = size - at
    elif length == 1:  # a size too large for four bytes follows the name
        length = int.from_bytes(header[8:], "big")
    return length, header[4:8]


def _after_id3(source: BinaryIO, head: bytes) -> bytes:
    start = 0
    if head.startswith(b"ID3"):
        sizes = head[6:_ID3_HEADER_BYTES]
        start = _ID3_HEADER_BYTES + sum((byte & 0x7F) << 7 * (3 - at) for at, byte in enumerate(sizes))
    source.seek(start)
    return source.read(_HEAD_BYTES).lstrip(b"\x00")


def _is_mp3_frame(data: bytes) -> bool:
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        return False
    version, layer = data[1] >> 3 & 3, data[1] >> 1 & 3
    bit_rate, sample_rate = data[2] >> 4, data[2] >> 2 & 3
    return version != 1 and layer == 1 and 0 < bit_rate < 15 and sample_rate != 3
