"""Judging PDF files by opening them, and writing them anew without traces and without anything that acts.

Rule 1: what is written holds only what the pages need: earlier versions in the file fall away.
Rule 2: scripts, actions, attachments, media and links to other places are removed.
Rule 3: who made the file, with what, when and where is removed, also from the JPEG photos on its pages.
Rule 4: what is packed inside may not unfold to more than a set amount of memory.
What is seen on the pages stays: a name that is written there, or hidden under a black box, is still there.
"""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
from pikepdf.sanitize import Sanitizer
from pikepdf.settings import set_qpdf_limits

from app.services.files.jpeg_segments import without_traces
from app.services.files.kinds import FileRefused, refused_if_it_fails

_SANITIZER = (
    Sanitizer()
    .remove_javascript()
    .remove_external_access()
    .remove_attachments()
    .remove_multimedia()
    .remove_thumbnails()
    .remove_search_index()
    .remove_web_capture()
    .remove_private_app_data()
    .remove_collection()
)
_UNFOLDED_BYTES = 256 * 1024 * 1024
_ROOT_KEYS = ("/OpenAction", "/Perms", "/DSS", "/Legal", "/URI", "/Threads", "/AF")
_TRACE_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/CreatorInfo", "/AA", "/XFA", "/AF", "/EF")
_NOTE_KEYS = ("/T", "/M", "/NM", "/CreationDate", "/Subj", "/ExData")
_SIGNATURE_KEYS = ("/Name", "/Location", "/Reason", "/ContactInfo", "/M", "/Contents", "/Cert", "/Prop_Build")


set_qpdf_limits(flate_max_memory=_UNFOLDED_BYTES)  # rule 4


def judge_pdf(source: BinaryIO) -> None:
    """Raise `FileRefused` (`broken`, `encrypted_pdf`) unless this opens as a PDF with at least one page."""
    source.seek(0)
    if source.read(5) != b"%PDF-":
        raise FileRefused("broken")
    with refused_if_it_fails(), _opened(source) as pdf:
        if len(pdf.pages) == 0:
            raise FileRefused("broken")


def clean_pdf(source: BinaryIO, target: BinaryIO) -> None:
    """Write the PDF anew without traces and actions; raise `FileRefused` like `judge_pdf`."""
    with refused_if_it_fails(), _opened(source) as pdf:
        _SANITIZER.apply(pdf)  # rule 2
        _remove(pdf.Root, _ROOT_KEYS)
        _remove(pdf.trailer, ("/Info", "/ID"))
        for thing in _everything_in(pdf):
            _scrub(thing)  # rule 3
        pdf.save(target, encryption=False, deterministic_id=True)  # rule 1


def _opened(source: BinaryIO) -> pikepdf.Pdf:
    source.seek(0)
    try:
        return pikepdf.Pdf.open(source)
    except pikepdf.PasswordError:
        raise FileRefused("encrypted_pdf") from None


def _everything_in(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    waiting = list(pdf.objects)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            yield thing
            waiting.extend(_direct(thing.get(key) for key in thing.keys()))  # noqa: SIM118  not a mapping
        elif isinstance(thing, pikepdf.Array):
            waiting.extend(_direct(thing))


def _direct(children: Iterator[object] | pikepdf.Array) -> Iterator[pikepdf.Object]:
    """Yield what lies in its parent; what is only pointed at has a turn of its own."""
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield child


def _scrub(thing: pikepdf.Object) -> None:
    _remove(thing, _TRACE_KEYS)
    if "/Rect" in thing and thing.get("/Subtype") != "/Widget":  # a note on a page; fields keep their names
        _remove(thing, _NOTE_KEYS)
    if thing.get("/Type") in ("/Sig", "/DocTimeStamp"):
        _remove(thing, _SIGNATURE_KEYS)
    if isinstance(thing, pikepdf.Stream) and (photo := _photo_in(thing)):
        thing.write(without_traces(photo), filter=pikepdf.Name.DCTDecode)


def _photo_in(stream: pikepdf.Stream) -> bytes:
    packing = stream.get("/Filter")
    steps = [str(step) for step in packing] if isinstance(packing, pikepdf.Array) else [str(packing)]
    if steps == ["/DCTDecode"]:
        return stream.read_raw_bytes()
    if steps == ["/FlateDecode", "/DCTDecode"]:  # the library unpacks all steps or none
        return zlib.decompressobj().decompress(stream.read_raw_bytes(), _UNFOLDED_BYTES)
    return b""


def _remove(thing: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in thing:
            del thing[key]
