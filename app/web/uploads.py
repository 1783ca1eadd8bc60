"""Taking uploads off the wire: no plain byte of a file ever lies on the disk.

Rules:
1. A file goes piece by piece into a work file, which keeps only sealed bytes under a key that dies with it.
2. What goes beyond a limit is read and dropped: the other files of the form are kept, and this one is named.
3. A form without files may not be large; a form that expects no files gets none.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from flask import Request, request
from werkzeug.datastructures import FileStorage

from app.domain.errors import RecourseError
from app.services.evidence_storing import StoredFile, discard, store_file
from app.services.files.kinds import FileRefused
from app.services.files.names import plain_name
from app.services.files.work import open_work_file
from app.web.unit import portal

if TYPE_CHECKING:
    from typing_extensions import Buffer

# The endpoints whose forms hold files.
TAKES_FILES = frozenset({"evidence.add", "report.add_files"})


@dataclass(frozen=True)
class Refused:
    """A file that was not taken: its name, and the code of the reason."""

    name: str = field(repr=False)
    code: str


class UploadRequest(Request):
    """The request class of the application."""

    @property
    def max_content_length(self) -> int | None:
        """The most bytes that are read of this request (rule 3)."""
        most = super().max_content_length
        if self.mimetype == "multipart/form-data" and self.endpoint in TAKES_FILES:
            return most
        return min((each for each in (most, self.max_form_memory_size) if each is not None), default=None)

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        settings = portal().settings
        self._files_seen = getattr(self, "_files_seen", 0) + bool(filename)
        if self._files_seen > settings.max_files:
            return cast(IO[bytes], _Limited(0, "too_many"))
        return cast(IO[bytes], _Limited(settings.max_file_bytes, "too_large"))


class _Limited(io.RawIOBase):
    """A work file that takes up to a number of bytes, drops the rest and remembers why (rules 1 and 2)."""

    def __init__(self, room: int, reason: str) -> None:
        self.file: BinaryIO = open_work_file()
        self.refused = ""
        self._room, self._reason = room, reason

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer", /) -> int:
        piece = b"" if self.refused else self.file.read(memoryview(buffer).nbytes)
        memoryview(buffer)[: len(piece)] = piece
        return len(piece)

    def write(self, data: "Buffer", /) -> int:
        size = memoryview(data).nbytes
        self._room -= size
        if self._room < 0:
            self.refused = self._reason
            self.file.close()
        else:
            self.file.write(data)
        return size

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return 0 if self.refused else self.file.seek(offset, whence)

    def close(self) -> None:
        self.file.close()
        super().close()


def take_files(case_id: str, field_name: str, add: Callable[[StoredFile], None]) -> list[Refused]:
    """Store each file of a form's field and hand it to `add`; those that are not taken are named.

    Whatever `add` raises takes its file out of the store again; refusals are collected, the rest passes on.
    """
    refused = []
    for sent in _chosen(request.files.getlist(field_name)):
        try:
            _take(case_id, sent, add)
        except RecourseError as error:
            if not isinstance(error, FileRefused) and error.code != "store_unavailable":
                raise
            refused.append(Refused(plain_name(sent.filename or ""), error.code))
        finally:
            sent.close()
    return refused


def _chosen(files: Iterable[FileStorage]) -> Iterable[FileStorage]:
    return (file for file in files if file.filename)


def _take(case_id: str, sent: FileStorage, add: Callable[[StoredFile], None]) -> None:
    limited = cast(_Limited, sent.stream)
    if limited.refused:
        raise FileRefused(limited.refused)
    stored = store_file(portal(), case_id, sent.filename or "", limited.file)
    try:
        add(stored)
    except Exception:
        discard(portal(), stored)
        raise
