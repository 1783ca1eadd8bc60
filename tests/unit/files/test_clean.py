"""Cleaning removes place, device, author and scripts, and keeps what is seen."""

import io
import zlib

import pikepdf
import pytest
from PIL import Image, ImageCms

from app.services.files.clean import Cleaning, clean
from app.services.files.jpeg_segments import without_traces
from app.services.files.kinds import FileKind, FileRefused
from tests.unit.files import samples


def cleaned(kind: FileKind, data: bytes) -> tuple[Cleaning, bytes]:
    target = io.BytesIO()
    return clean(kind, io.BytesIO(data), target), target.getvalue()


PICTURES = [
    (FileKind.JPEG, samples.photo(), FileKind.JPEG, "JPEG"),
    (FileKind.PNG, samples.png(), FileKind.PNG, "PNG"),
    (FileKind.WEBP, samples.webp(), FileKind.WEBP, "WEBP"),
    (FileKind.GIF, samples.gif(), FileKind.PNG, "PNG"),
    (FileKind.HEIC, samples.HEIC, FileKind.JPEG, "JPEG"),
]


@pytest.mark.parametrize("kind, data, new_kind, form", PICTURES)
def test_nothing_but_pixels_is_left_of_a_picture(
    kind: FileKind, data: bytes, new_kind: FileKind, form: str
) -> None:
    assert b"SecretPhone" in data
    result, written = cleaned(kind, data)
    assert result == Cleaning(True, new_kind)
    assert b"Secret" not in written
    with Image.open(io.BytesIO(written)) as picture:
        assert picture.format == form
        assert not picture.getexif()
        assert set(picture.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "background",
        }


@pytest.mark.parametrize("kind, data", [(FileKind.JPEG, samples.photo()), (FileKind.WEBP, samples.webp())])
def test_a_photo_that_lay_on_its_side_stands_upright(kind: FileKind, data: bytes) -> None:
    with Image.open(io.BytesIO(cleaned(kind, data)[1])) as picture:
        assert picture.size == (20, 40)


def test_what_hides_behind_a_picture_is_gone() -> None:
    written = cleaned(FileKind.JPEG, samples.photo() + b"PK\x03\x04<script>hidden</script>")[1]
    assert b"hidden" not in written


def test_transparency_is_kept_where_there_is_any() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(cleaned(FileKind.PNG, out.getvalue())[1])) as picture:
        assert picture.getpixel((0, 0)) == (1, 2, 3, 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_every_way_to_store_colours_can_be_cleaned(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (4, 4)).save(out, "PNG")
    assert cleaned(FileKind.PNG, out.getvalue())[0].cleaned


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_printing_photos_can_be_cleaned(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (4, 4)).save(out, "JPEG")
    assert cleaned(FileKind.JPEG, out.getvalue())[0].cleaned


@pytest.mark.parametrize(
    "profile", [ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), b"SecretPhone damaged"]
)
def test_colour_profiles_are_applied_and_dropped(profile: bytes) -> None:
    written = cleaned(FileKind.JPEG, samples.picture("JPEG", icc_profile=profile))[1]
    assert b"ICC_PROFILE" not in written
    with Image.open(io.BytesIO(written)) as picture:
        red, green, blue = picture.getpixel((5, 5))  # type: ignore[misc]
        assert green > 180
        assert max(red, blue) < 60


def test_a_moving_picture_is_left_alone_and_that_is_said() -> None:
    assert cleaned(FileKind.GIF, samples.moving_gif()) == (
        Cleaning(False, FileKind.GIF, "moving_picture"),
        b"",
    )


def test_all_traces_of_a_pdf_are_gone_and_its_pages_stay() -> None:
    data = samples.pdf(samples.add_every_trace, compress_streams=False)
    result, written = cleaned(FileKind.PDF, data)
    assert result == Cleaning(True, FileKind.PDF)
    with pikepdf.open(io.BytesIO(written)) as made:
        everything = "".join(repr(thing) for thing in made.objects) + repr(made.trailer)
        streams = b"".join(
            thing.read_raw_bytes() for thing in made.objects if isinstance(thing, pikepdf.Stream)
        )
        assert len(made.pages) == 1
        assert "kept words" in everything
        assert "/Im0" in everything
    assert "Secret" not in everything
    assert b"Secret" not in streams
    for gone in ("JavaScript", "/URI", "/EmbeddedFile", "/Info", "/Metadata", "20261124"):
        assert gone not in everything


@pytest.mark.parametrize(
    "data, steps",
    [
        (samples.photo(), ["/DCTDecode"]),
        (zlib.compress(samples.photo()), ["/FlateDecode", "/DCTDecode"]),
    ],
)
def test_a_photo_in_a_pdf_loses_its_traces_however_it_is_packed(data: bytes, steps: list[str]) -> None:
    def add_photo(made: pikepdf.Pdf) -> None:
        made.Root.Photo = pikepdf.Stream(made, data)
        made.Root.Photo.Filter = pikepdf.Array([pikepdf.Name(step) for step in steps])

    with pikepdf.open(io.BytesIO(cleaned(FileKind.PDF, samples.pdf(add_photo))[1])) as made:
        left = made.Root.Photo.read_raw_bytes()
    assert left == without_traces(samples.photo())
    assert b"Secret" not in left


def test_a_cleaned_pdf_cannot_be_tied_to_its_original_by_its_id() -> None:
    mark = b"Mark of the file"
    data = samples.pdf(lambda made: made.trailer.__setitem__("/ID", pikepdf.Array([mark, mark])))
    with pikepdf.open(io.BytesIO(data)) as before:
        assert bytes(before.trailer.ID[0]) == mark
    with pikepdf.open(io.BytesIO(cleaned(FileKind.PDF, data)[1])) as after:
        assert mark not in [bytes(part) for part in after.trailer.ID]


def test_an_earlier_version_inside_a_pdf_is_gone() -> None:
    first = samples.pdf(lambda made: made.Root.__setattr__("Note", "SecretPhone"), compress_streams=False)
    assert b"SecretPhone" in first
    with pikepdf.open(io.BytesIO(first)) as made:
        del made.Root.Note
        out = io.BytesIO()
        made.save(out)
    second = first + b"\n% a later version follows\n" + out.getvalue()
    assert b"SecretPhone" not in cleaned(FileKind.PDF, second)[1]


def test_a_pdf_locked_against_changes_comes_out_unlocked() -> None:
    data = samples.pdf(encryption=pikepdf.Encryption(user="", owner="other"))
    with pikepdf.open(io.BytesIO(cleaned(FileKind.PDF, data)[1])) as made:
        assert not made.is_encrypted


def test_a_form_keeps_the_names_of_its_fields() -> None:
    def add_field(made: pikepdf.Pdf) -> None:
        box = pikepdf.Array([0, 0, 9, 9])
        made.pages[0].obj.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, Rect=box, T="age")]
        )

    with pikepdf.open(io.BytesIO(cleaned(FileKind.PDF, samples.pdf(add_field))[1])) as made:
        assert str(made.pages[0].obj.Annots[0].T) == "age"


@pytest.mark.parametrize(
    "kind, data, reason",
    [
        (FileKind.TEXT, b"words", "nothing_to_clean"),
        (FileKind.MP3, samples.MP3, "cannot_clean"),
        (FileKind.MP4, samples.boxed(b"isom"), "cannot_clean"),
    ],
)
def test_what_cannot_be_cleaned_is_said_and_nothing_is_written(
    kind: FileKind, data: bytes, reason: str
) -> None:
    assert cleaned(kind, data) == (Cleaning(False, kind, reason), b"")


@pytest.mark.parametrize("kind", [FileKind.JPEG, FileKind.PDF, FileKind.HEIC, FileKind.GIF])
def test_a_broken_file_is_refused_without_a_word_of_its_content(kind: FileKind) -> None:
    with pytest.raises(FileRefused) as told:
        cleaned(kind, b"SecretPhone")
    assert str(told.value) == "broken"
    assert told.value.__suppress_context__


def test_jpeg_segments_go_and_pixels_stay() -> None:
    stripped = without_traces(samples.photo())
    assert b"Secret" not in stripped
    with Image.open(io.BytesIO(samples.photo())) as before, Image.open(io.BytesIO(stripped)) as after:
        assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1", b"no picture", b"\xff\xd8ab"]
)
def test_odd_jpeg_streams_come_back(data: bytes) -> None:
    assert without_traces(data) == data


def test_a_segment_that_claims_no_length_does_not_loop() -> None:
    assert without_traces(b"\xff\xd8" + b"\xff\xe1\x00\x00" * 9) is not None
