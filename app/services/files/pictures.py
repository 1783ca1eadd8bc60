"""Judging pictures by decoding them, and writing them anew without anything but what is seen.

Rule 1: the size is checked from the header, before memory is taken for the picture.
Rule 2: a picture that does not decode to its end is broken.
Rule 3: a cleaned picture is made of its pixels alone: a new picture into which the old one is painted.
Rule 4: at most two pictures are decoded at a time, so that many uploads at once cannot exhaust the memory.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

import pi_heif
from PIL import Image, ImageCms, ImageOps, ImageSequence

from app.services.files.kinds import FileKind, FileRefused, refused_if_it_fails

MAX_PIXELS = 50_000_000
MAX_PIXELS_OF_ALL_FRAMES = 500_000_000
_AT_A_TIME = threading.BoundedSemaphore(2)
_FORMATS = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.WEBP: "WEBP",
    FileKind.GIF: "GIF",
    FileKind.HEIC: "HEIF",
}
_MAY_MOVE = frozenset({FileKind.PNG, FileKind.WEBP, FileKind.GIF})
_CLEANED_AS = {FileKind.HEIC: FileKind.JPEG, FileKind.GIF: FileKind.PNG}
_PLAIN_MODES = ("L", "RGB", "RGBA")

pi_heif.register_heif_opener()


def judge_picture(kind: FileKind, source: BinaryIO) -> None:
    """Raise `FileRefused` (`broken`, `picture_too_large`) unless all of the picture decodes."""
    with _opened(kind, source) as picture:
        for frame in ImageSequence.Iterator(picture):
            frame.load()  # rule 2
            if kind not in _MAY_MOVE:  # further pictures in a photo are previews, not shown
                break


def clean_picture(kind: FileKind, source: BinaryIO, target: BinaryIO) -> FileKind | None:
    """Write the picture anew and return its new kind, or None for a moving picture, which stays as it is."""
    with _opened(kind, source) as picture:
        if kind in _MAY_MOVE and _frames(picture) > 1:
            return None
        cleaned_kind = _CLEANED_AS.get(kind, kind)
        bare = _bare(picture, keeps_transparency=cleaned_kind != FileKind.JPEG)
        bare.save(target, _FORMATS[cleaned_kind], quality=90)
        return cleaned_kind


@contextmanager
def _opened(kind: FileKind, source: BinaryIO) -> Iterator[Image.Image]:
    source.seek(0)
    with _AT_A_TIME, refused_if_it_fails():  # rule 4
        try:
            with Image.open(source, formats=(_FORMATS[kind],)) as picture:
                _refuse_bomb(kind, picture)
                yield picture
        except Image.DecompressionBombError:
            raise FileRefused("picture_too_large") from None


def _refuse_bomb(kind: FileKind, picture: Image.Image) -> None:
    pixels = picture.width * picture.height
    frames = _frames(picture) if kind in _MAY_MOVE else 1
    if pixels > MAX_PIXELS or pixels * frames > MAX_PIXELS_OF_ALL_FRAMES:  # rule 1
        raise FileRefused("picture_too_large")


def _frames(picture: Image.Image) -> int:
    return int(getattr(picture, "n_frames", 1))


def _bare(picture: Image.Image, keeps_transparency: bool) -> Image.Image:
    seen = _in_common_colours(ImageOps.exif_transpose(picture))
    if seen.mode not in _PLAIN_MODES or (seen.mode == "RGBA" and not keeps_transparency):
        seen = seen.convert("RGBA" if keeps_transparency and seen.has_transparency_data else "RGB")
    bare = Image.new(seen.mode, seen.size)
    bare.paste(seen)  # rule 3
    return bare


def _in_common_colours(picture: Image.Image) -> Image.Image:
    """Return the picture in sRGB: its own colour profile goes, which may name the device."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return picture  # a damaged profile is dropped like any other
    return changed or picture
