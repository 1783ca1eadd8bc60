"""Taking traces out of a JPEG stream without touching its pixels, for pictures inside a PDF."""

_START = b"\xff\xd8"
_SCAN = 0xDA
# The picture cannot be drawn right without these two: JFIF and Adobe's mark for the way colours are coded.
_KEPT_APPLICATION_SEGMENTS = (0xE0, 0xEE)
_COMMENT = 0xFE


def without_traces(jpeg: bytes) -> bytes:
    """Return the JPEG without EXIF, XMP, profiles and comments; what is no JPEG comes back unchanged."""
    if not jpeg.startswith(_START):
        return jpeg
    kept, at = [_START], len(_START)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != _SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if not _is_trace(jpeg[at + 1]):
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])


def _is_trace(marker: int) -> bool:
    is_application = 0xE0 <= marker <= 0xEF
    return marker == _COMMENT or (is_application and marker not in _KEPT_APPLICATION_SEGMENTS)
