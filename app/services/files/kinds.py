"""The kinds of files that are taken as evidence, and the refusal that says why another is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import ClassVar

from app.domain.errors import RecourseError


class FileRefused(RecourseError):
    """A file is not taken. Codes: `empty`, `too_large`, `type_not_allowed`, `office_document`, `archive`,
    `broken`, `encrypted_pdf`, `picture_too_large`."""

    default_code: ClassVar[str] = "type_not_allowed"


class FileKind(StrEnum):
    """What a file is by its content; its name and what the browser says of it play no part."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    HEIC = "heic"
    PDF = "pdf"
    TEXT = "text"
    MP3 = "mp3"
    M4A = "m4a"
    OGG = "ogg"
    WAV = "wav"
    WEBM = "webm"
    MP4 = "mp4"
    MOV = "mov"
    THREE_GP = "3gp"


PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.GIF, FileKind.HEIC})

_MEDIA_TYPES = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.GIF: "image/gif",
    FileKind.HEIC: "image/heic",
    FileKind.PDF: "application/pdf",
    FileKind.TEXT: "text/plain; charset=utf-8",
    FileKind.MP3: "audio/mpeg",
    FileKind.M4A: "audio/mp4",
    FileKind.OGG: "audio/ogg",
    FileKind.WAV: "audio/wav",
    FileKind.WEBM: "video/webm",
    FileKind.MP4: "video/mp4",
    FileKind.MOV: "video/quicktime",
    FileKind.THREE_GP: "video/3gpp",
}
_EXTENSIONS = {FileKind.JPEG: "jpg", FileKind.TEXT: "txt"}


def media_type(kind: FileKind) -> str:
    """Return the media type under which a file of this kind is handed out."""
    return _MEDIA_TYPES[kind]


def extension(kind: FileKind) -> str:
    """Return the extension, without a dot, that a file of this kind is handed out with."""
    return _EXTENSIONS.get(kind, kind.value)


@contextmanager
def refused_if_it_fails() -> Iterator[None]:
    """Turn whatever a parser raises on hostile bytes into the refusal `broken`."""
    try:
        yield
    except (FileRefused, MemoryError):
        raise
    except Exception:  # parsers of hostile bytes raise anything, and their words may quote the file
        raise FileRefused("broken") from None
