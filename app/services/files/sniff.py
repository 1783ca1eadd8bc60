"""Finding out what an uploaded file is.

Rule 1: only the content counts, never the name or what the browser says.
Rule 2: the kind must be on the list; what is not recognised is refused.
Rule 3: the parser of the kind is the final judge: a file that it cannot read is refused.
"""

import os
from typing import BinaryIO

import puremagic

from app.services.files.kinds import PICTURES, FileKind, FileRefused
from app.services.files.media import judge_media
from app.services.files.pdfs import judge_pdf
from app.services.files.pictures import judge_picture
from app.services.files.texts import is_plain_text

_HEAD_BYTES = 8192
_BY_EXTENSION = {
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), FileKind.JPEG),
    **dict.fromkeys((".heif", ".heic"), FileKind.HEIC),
    **dict.fromkeys((".mp4", ".m4v"), FileKind.MP4),
    **dict.fromkeys((".m4a", ".f4a"), FileKind.M4A),
    **dict.fromkeys((".3gp", ".3g2", ".3ga"), FileKind.THREE_GP),
    **dict.fromkeys((".ogg", ".oga", ".opus"), FileKind.OGG),
    **dict.fromkeys((".mp3", ".mpga"), FileKind.MP3),
    ".png": FileKind.PNG,
    ".webp": FileKind.WEBP,
    ".gif": FileKind.GIF,
    ".pdf": FileKind.PDF,
    ".mov": FileKind.MOV,
    ".wav": FileKind.WAV,
    ".webm": FileKind.WEBM,
}
_IPHONE_PHOTOS = tuple(b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1"))
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OFFICE_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"word/", b"xl/", b"ppt/")


def sniff(source: BinaryIO, max_bytes: int) -> FileKind:
    """Return what the file is, or raise `FileRefused`; reads all of the file in constant memory."""
    size = source.seek(0, os.SEEK_END)
    if size == 0:
        raise FileRefused("empty")
    if size > max_bytes:
        raise FileRefused("too_large")
    if is_plain_text(source):
        return FileKind.TEXT
    kind = _recognised(source)
    _judge(kind, source)
    return kind


def _judge(kind: FileKind, source: BinaryIO) -> None:
    if kind in PICTURES:
        judge_picture(kind, source)
    elif kind == FileKind.PDF:
        judge_pdf(source)
    else:
        judge_media(kind, source)


def _recognised(source: BinaryIO) -> FileKind:
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    if head.startswith(_OLD_OFFICE) or (
        head.startswith(_ZIP) and any(mark in head for mark in _OFFICE_MARKS)
    ):
        raise FileRefused("office_document")
    if head.startswith(_ZIP):
        raise FileRefused("archive")
    return FileKind.HEIC if head[4:12] in _IPHONE_PHOTOS else _best_match(head)


def _best_match(head: bytes) -> FileKind:
    try:
        best = puremagic.magic_string(head)[0].extension
    except puremagic.PureError:
        best = (
            ".mp3" if head[0] == 0xFF else ""
        )  # sound without a tag starts with a frame, which has no magic
    if best not in _BY_EXTENSION:  # rule 2
        raise FileRefused("type_not_allowed")
    return _BY_EXTENSION[best]
