"""What is taken as evidence, what is refused and why; hostile files among them."""

import io
import struct
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.files.kinds import FileKind, FileRefused, extension, media_type
from app.services.files.pictures import MAX_PIXELS, MAX_PIXELS_OF_ALL_FRAMES
from app.services.files.sniff import sniff
from tests.unit.files import samples

LIMIT = 10_000_000


def sniffed(data: bytes, limit: int = LIMIT) -> FileKind:
    return sniff(io.BytesIO(data), limit)


def why_refused(data: bytes, limit: int = LIMIT) -> str:
    with pytest.raises(FileRefused) as told:
        sniffed(data, limit)
    return told.value.code


TAKEN = [
    (samples.photo(), FileKind.JPEG),
    (samples.png(), FileKind.PNG),
    (samples.webp(), FileKind.WEBP),
    (samples.gif(), FileKind.GIF),
    (samples.moving_gif(), FileKind.GIF),
    (samples.HEIC, FileKind.HEIC),
    (samples.pdf(), FileKind.PDF),
    (samples.boxed(b"isom"), FileKind.MP4),
    (samples.boxed(b"mp42"), FileKind.MP4),
    (samples.boxed(b"M4A "), FileKind.M4A),
    (samples.boxed(b"qt  "), FileKind.MOV),
    (samples.boxed(b"3gp4"), FileKind.THREE_GP),
    (samples.WEBM, FileKind.WEBM),
    (samples.OGG, FileKind.OGG),
    (samples.WAV, FileKind.WAV),
    (samples.MP3, FileKind.MP3),
    (samples.MP3_SPEECH, FileKind.MP3),
    (samples.MP3_TAGGED, FileKind.MP3),
    (
        "12/3/24, 10:00 - \u0623\u0645\u064a\u0646\u0629: \u0645\u0631\u062d\u0628\u0627\n".encode(),
        FileKind.TEXT,
    ),
    ("\ufeffna\u00efve".encode(), FileKind.TEXT),
    ("\u0645\u0631\u062d\u0628\u0627".encode("utf-16"), FileKind.TEXT),
    (b'[{"role": "user", "content": "<html> is a tag"}]', FileKind.TEXT),
    (b"date,sender,text\r\n1,a,b\r\n", FileKind.TEXT),
    (b"<Amina> a chat line", FileKind.TEXT),
    (b"BMW, MZ and GIF are just words", FileKind.TEXT),
]


@pytest.mark.parametrize("data, kind", TAKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_taken(data: bytes, kind: FileKind) -> None:
    assert sniffed(data) == kind


REFUSED = [
    (b"", "empty"),
    (b"<!DOCTYPE html><script>1</script>", "type_not_allowed"),
    (b"\xef\xbb\xbf  <HTML>", "type_not_allowed"),
    (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "type_not_allowed"),
    (b'<?xml version="1.0"?><svg/>', "type_not_allowed"),
    (b"#!/bin/sh\nrm -rf /", "type_not_allowed"),
    (b"{\\rtf1 text}", "type_not_allowed"),
    (b"MZ\x90\x00" + bytes(200), "type_not_allowed"),
    (b"\x7fELF" + bytes(200), "type_not_allowed"),
    (samples.picture("TIFF"), "type_not_allowed"),
    (samples.picture("BMP"), "type_not_allowed"),
    (samples.MATROSKA, "type_not_allowed"),
    (b"plain at first\n" + bytes(10), "type_not_allowed"),
    (b"cut in a letter \xd9", "type_not_allowed"),
    (samples.ZIP, "archive"),
    (samples.DOCX, "office_document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office_document"),
    (samples.photo()[:-200], "broken"),
    (samples.png()[:-30], "broken"),
    (samples.webp()[:-10], "broken"),
    (samples.HEIC[:300], "broken"),
    (samples.HEIC[:-20], "broken"),
    (b"\xff\xd8\xff\xe0" + bytes(300), "broken"),
    (b"GIF89a" + b"\xff" * 30, "broken"),
    (b"%PDF-1.7\n1 0 obj", "broken"),
    (b"%PDF-1.7\n\xff\xff\xff\xff", "broken"),
    (samples.boxed(b"isom")[:-1], "broken"),
    (samples.boxed(b"isom")[:24], "broken"),
    (samples.MP3_TAGGED[:20] + bytes(100), "broken"),
]


@pytest.mark.parametrize("data, why", REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused_and_why(data: bytes, why: str) -> None:
    assert why_refused(data) == why


def test_size_is_judged_before_anything_else() -> None:
    assert sniffed(b"x" * 10, limit=10) == FileKind.TEXT
    assert why_refused(b"\x00" * 11, limit=10) == "too_large"


def test_a_control_byte_far_inside_a_long_text_is_found() -> None:
    assert why_refused(b"x" * 300_000 + b"\x00" + b"x" * 300_000) == "type_not_allowed"


def test_a_script_after_a_whole_picture_does_not_make_it_a_page() -> None:
    assert sniffed(samples.photo() + b"<script>1</script>") == FileKind.JPEG


def test_a_pdf_that_starts_as_something_else_is_not_taken_as_pdf() -> None:
    assert why_refused(b"\x00\x01" + samples.pdf()) == "type_not_allowed"


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7100, 12_000, 60_000])
def test_a_picture_bomb_is_refused_from_its_header(side: int) -> None:
    assert side * side > MAX_PIXELS
    assert why_refused(png_that_claims(side, side)) == "picture_too_large"


def test_a_bomb_of_many_frames_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.files.pictures.MAX_PIXELS_OF_ALL_FRAMES", 3 * 81 - 1)
    assert MAX_PIXELS_OF_ALL_FRAMES > MAX_PIXELS
    assert why_refused(samples.moving_gif()) == "picture_too_large"


def test_a_pdf_with_a_password_says_so() -> None:
    locked = samples.pdf(encryption=pikepdf.Encryption(user="secret", owner="other"))
    assert why_refused(locked) == "encrypted_pdf"


def test_a_pdf_that_is_only_locked_against_changes_is_taken() -> None:
    assert sniffed(samples.pdf(encryption=pikepdf.Encryption(user="", owner="other"))) == FileKind.PDF


def test_a_pdf_without_pages_is_broken() -> None:
    assert why_refused(samples.pdf(lambda made: made.pages.__delitem__(0))) == "broken"


@given(st.binary(min_size=1, max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        sniffed(data)
    except FileRefused as refused:
        assert refused.code


@pytest.mark.parametrize(
    "data", [samples.photo(), samples.png(), samples.webp(), samples.HEIC, samples.pdf()]
)
def test_a_file_cut_anywhere_is_read_or_refused_and_never_fails(data: bytes) -> None:
    for end in range(1, len(data), max(1, len(data) // 60)):
        try:
            sniffed(data[:end])
        except FileRefused as refused:
            assert refused.code in {"broken", "type_not_allowed"}


def test_every_kind_has_a_media_type_and_an_extension_that_no_browser_runs() -> None:
    for kind in FileKind:
        assert media_type(kind).split("/")[0] in {"image", "audio", "video", "application", "text"}
        assert extension(kind).isalnum()
    assert "html" not in "".join(media_type(kind) for kind in FileKind)
