"""Names of files: as the person gave them, made harmless; and names that tell nothing."""

import unicodedata

from app.services.files.kinds import FileKind, extension

_LONGEST = 120


def plain_name(given: str) -> str:
    """The last part of a path without signs that steer or hide text, at most 120 characters; never empty."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    if len(kept) > _LONGEST:
        stem, dot, end = kept.rpartition(".")
        kept = f"{stem[: _LONGEST - len(end) - 1]}{dot}{end}" if dot and len(end) < 8 else kept[:_LONGEST]
    return kept or "file"


def neutral_name(number: int, kind: FileKind) -> str:
    """A name that tells the file's number and kind only, for those who may not know its own."""
    return f"file-{number}.{extension(kind)}"


def renamed(name: str, kind: FileKind) -> str:
    """The name with the extension of this kind, for a copy that became another kind when cleaned."""
    stem = name.rpartition(".")[0] or name
    return f"{stem}.{extension(kind)}"
