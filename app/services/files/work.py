"""Work files: where an upload lies while it is examined and cleaned.

Promised: a work file has no name in any folder, is gone when it is closed or the process ends however that
happens, and holds on the disk only bytes sealed under a key that exists in this process's memory alone. It
takes the same small amount of memory whatever its size. Not promised: anything against someone who reads
the memory of the running server, or its swap space.
"""

from __future__ import annotations

import io
import os
import tempfile
from typing import TYPE_CHECKING, BinaryIO

from app.crypto.scratch import ScratchKey

if TYPE_CHECKING:
    from typing_extensions import Buffer

_BUFFER_BYTES = 256 * 1024


def open_work_file() -> BinaryIO:
    """Return a new, empty work file to write once and then read in any order; close it when done."""
    return io.BufferedRandom(_SealedFile(), _BUFFER_BYTES)


class _SealedFile(io.RawIOBase):
    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  closed by close()
        self._key = ScratchKey()

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def truncate(self, size: int | None = None, /) -> int:
        return self._file.truncate(size)

    def readinto(self, buffer: Buffer, /) -> int:
        offset = self._file.tell()
        view = memoryview(buffer)
        sealed = self._file.read(len(view)) or b""
        view[: len(sealed)] = self._key.apply(offset, sealed)
        return len(sealed)

    def write(self, data: Buffer, /) -> int | None:
        return self._file.write(self._key.apply(self._file.tell(), bytes(data)))

    def close(self) -> None:
        self._file.close()
        super().close()
