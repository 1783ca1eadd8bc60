"""Telling plain text (notes, chat exports, JSON, CSV) from everything else."""

import codecs
import re
from typing import BinaryIO

_PIECE_BYTES = 64 * 1024
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NOT_JUST_TEXT = re.compile(
    r"\s*(?:<!doctype|<\?xml|<!--|<(?:html|head|body|script|style|svg|iframe|meta|link|object)\b"
    r"|%pdf|%!ps|\{\\rtf|#!|mime-version:)",
    re.IGNORECASE,
)


def is_plain_text(source: BinaryIO) -> bool:
    """Tell whether all of the file decodes as text that no program would run or render."""
    try:
        return _reads_as_text(source)
    except UnicodeDecodeError:
        return False


def _reads_as_text(source: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder(_encoding(source))()
    source.seek(0)
    at_start = True
    while piece := source.read(_PIECE_BYTES):
        text = decoder.decode(piece)
        if _CONTROL.search(text) or (at_start and _NOT_JUST_TEXT.match(text)):
            return False
        at_start = False
    decoder.decode(b"", final=True)
    return True


def _encoding(source: BinaryIO) -> str:
    source.seek(0)
    has_mark = source.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return "utf-16" if has_mark else "utf-8-sig"
