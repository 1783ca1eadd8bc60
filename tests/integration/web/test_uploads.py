"""Uploads come in pieces: little memory, no plain byte on the disk, no large form where none is expected."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.wrappers import request as werkzeug_request

from app.models import Evidence
from tests.integration.web.test_report import add, client, portal, text_of

__all__ = ["client", "portal"]

MEGABYTE = 1024 * 1024
BOUNDARY = "xxxxxxxxxxxxxxxx"
WAV = b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\1\0\1\0\x44\xac\0\0\x88\x58\1\0\2\0\x10\0data"


class Body:
    """A multipart form with one long file, made while it is read."""

    def __init__(self, content: bytes, size: int) -> None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="long.wav"\r\n\r\n'
        self.start, self.end = head.encode() + content, f"\r\n--{BOUNDARY}--\r\n".encode()
        self.left = size
        self.length = len(self.start) + size + len(self.end)

    def read(self, most: int = 64 * 1024) -> bytes:
        if self.start:
            piece, self.start = self.start[:most], self.start[most:]
        elif self.left:
            piece = b"\x07" * min(most, self.left)
            self.left -= len(piece)
        else:
            piece, self.end = self.end[:most], self.end[most:]
        return piece


def upload(client, body: Body):
    sent = {
        "wsgi.input": body,
        "CONTENT_LENGTH": str(body.length),
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
    }
    return client.post("/en/report/evidence", environ_overrides=sent)


def growth_of(work: Callable[[], object]) -> int:
    """By how many bytes this process grew at the most while it worked."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _status("VmRSS")
    work()
    return _status("VmHWM") - before


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def test_a_large_file_takes_little_memory(client, portal) -> None:
    add(client, (b"warm up", "a.txt"))
    assert growth_of(lambda: upload(client, Body(WAV, 64 * MEGABYTE))) < 40 * MEGABYTE
    assert "long.wav" in text_of(client, "evidence")


def test_a_file_above_the_limit_is_named_and_not_kept(client, app, portal) -> None:
    small = portal.settings.model_copy(update={"max_file_bytes": MEGABYTE})
    object.__setattr__(portal, "settings", small)
    upload(client, Body(WAV, 3 * MEGABYTE))
    page = text_of(client, "evidence")
    assert "long.wav" in page
    assert "The file is too large." in page
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Evidence)) == 0


def test_files_above_the_count_are_named(client, portal) -> None:
    few = portal.settings.model_copy(update={"max_files": 2})
    object.__setattr__(portal, "settings", few)
    add(client, *((b"text", f"{number}.txt") for number in range(3)))
    page = text_of(client, "evidence")
    assert "There are too many files." in page
    assert page.count("Plain text carries no hidden details") == 2


def test_the_library_keeps_no_file_of_its_own(client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_given: object) -> None:
        raise AssertionError("a file was handed to the library's temporary files")

    monkeypatch.setattr(werkzeug_request, "default_stream_factory", refuse)
    add(client, (b"text", "a.txt"))
    assert "a.txt" in text_of(client, "evidence")


def test_a_form_without_files_may_not_be_large(client) -> None:
    answer = client.post("/en/report/what", data={"happened": "x" * (3 * MEGABYTE)})
    assert answer.status_code == 413
    many = {"happened": "x", "file": (io.BytesIO(b"x" * (3 * MEGABYTE)), "a.txt")}
    assert client.post("/en/report/what", data=many).status_code == 413


def test_what_is_refused_leaves_nothing_in_the_store(client, portal) -> None:
    with portal.database.transaction() as session:
        session.execute(Evidence.__table__.delete())
    few = portal.settings.model_copy(update={"max_report_bytes": 5})
    object.__setattr__(portal, "settings", few)
    add(client, (b"longer than five", "a.txt"))
    assert "All files together are too large." in text_of(client, "evidence")
    kept = [path for path in (portal.settings.instance_dir / "evidence").rglob("*") if path.is_file()]
    assert not kept
