"""Where sealed evidence lies: a folder or an S3-compatible store, named by EVIDENCE_URL.

Rule 1: only sealed bytes come here; names are random and say nothing.
Rule 2: an object appears whole or not at all, and in a folder it is on the disk before it is reported kept.
Rule 3: objects pass in pieces, in constant memory, however large they are or slow the reader is.
Rule 4: a folder shows the day a file was kept, not the time. (A file system may note its own time of change,
        and an S3 store notes when it took an object.)
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from app.domain.errors import NotFound, RecourseError

_PIECE_BYTES = 5 * 1024 * 1024  # the least that S3 takes as part of a large object
_PARALLEL_PIECES = 2
_NAME = re.compile(r"[0-9a-f]{32}")
_PATIENCE = timedelta(seconds=30)


class EvidenceMissing(NotFound):
    """The store holds no object of this name."""

    default_code: ClassVar[str] = "evidence_missing"


class StoreUnavailable(RecourseError):
    """The store does not answer, or cannot keep what it is given; trying later may help."""

    default_code: ClassVar[str] = "store_unavailable"


def new_name() -> str:
    """Return a new random name for an object, 32 hex characters (rule 1)."""
    return secrets.token_hex(16)


class EvidenceStore:
    """Sealed objects by name. Every method raises `StoreUnavailable` if the store fails."""

    def __init__(self, url: str) -> None:
        self._store = _open(url)

    def put_stream(self, name: str, chunks: Iterable[bytes]) -> None:
        """Keep the chunks as one object; what the chunks raise is passed on, and then nothing is kept."""
        with _told_as_ours():
            obstore.put(
                self._store,
                _path(name),
                iter(chunks),
                use_multipart=True,
                chunk_size=_PIECE_BYTES,
                max_concurrency=_PARALLEL_PIECES,
            )
            if isinstance(self._store, LocalStore) and self._store.prefix:
                _settle(self._store.prefix / _path(name))

    def get_stream(self, name: str) -> Iterator[bytes]:
        """Return the object in pieces; raise `EvidenceMissing` at once if there is none."""
        with _told_as_ours():
            size = obstore.head(self._store, _path(name))["size"]
        return self._pieces(_path(name), size)

    def delete(self, name: str) -> None:
        """Remove the object; one that is gone already is no error."""
        try:
            with _told_as_ours():
                obstore.delete(self._store, _path(name))
        except EvidenceMissing:
            return

    def _pieces(self, path: str, size: int) -> Iterator[bytes]:
        for start in range(0, size, _PIECE_BYTES):  # rule 3: one request a piece, so a slow reader ends none
            with _told_as_ours():
                piece = obstore.get_range(
                    self._store, path, start=start, end=min(start + _PIECE_BYTES, size)
                ).to_bytes()
            yield piece


def _open(url: str) -> ObjectStore:
    if url.startswith("s3://"):
        return S3Store.from_url(
            url,
            client_options={
                "timeout": _PATIENCE,
                "connect_timeout": timedelta(seconds=5),
                # options given here hide the variable from the library; stores on a private network need it
                "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
            },
            retry_config={"max_retries": 2, "retry_timeout": _PATIENCE},
        )
    store = LocalStore.from_url(url, mkdir=True)
    if store.prefix:
        store.prefix.chmod(0o700)
    return store


def _path(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("names of objects are 32 hex characters")
    return f"{name[:2]}/{name}"


def _settle(path: Path) -> None:
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    for kept in (path, path.parent, path.parent.parent):
        os.utime(kept, (day, day))  # rule 4: a folder's own time is that of the last file put into it
        _sync(kept)  # rule 2


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told_as_ours() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise EvidenceMissing from None
    except (BaseError, OSError):  # their words may hold addresses and keys of the store
        raise StoreUnavailable from None
