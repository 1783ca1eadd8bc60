"""Taking traces (place, device, author, earlier versions) out of a file, as far as that is possible."""

from dataclasses import dataclass
from typing import BinaryIO

from app.services.files.kinds import PICTURES, FileKind
from app.services.files.pdfs import clean_pdf
from app.services.files.pictures import clean_picture


@dataclass(frozen=True)
class Cleaning:
    """What came of it. If `cleaned`, the target holds the new file, of this `kind`, and `reason` is empty.
    Otherwise the target is empty and `reason` says why: `nothing_to_clean`, `cannot_clean`, `moving_picture`.
    """

    cleaned: bool
    kind: FileKind
    reason: str = ""


def clean(kind: FileKind, source: BinaryIO, target: BinaryIO) -> Cleaning:
    """Write a cleaned copy into the empty target where the kind allows it; raise `FileRefused` if broken."""
    if kind in PICTURES:
        cleaned_kind = clean_picture(kind, source, target)
        return Cleaning(True, cleaned_kind) if cleaned_kind else Cleaning(False, kind, "moving_picture")
    if kind == FileKind.PDF:
        clean_pdf(source, target)
        return Cleaning(True, kind)
    return Cleaning(False, kind, "nothing_to_clean" if kind == FileKind.TEXT else "cannot_clean")
