"""Real small files of each kind, made on the spot, with traces in them that cleaning must remove."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image, PngImagePlugin

SECRET = "SecretPhone of Amina"
HEIC = (Path(__file__).parent / "photo.heic").read_bytes()  # 64 x 48, red, EXIF with maker and place


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F] = SECRET  # maker
    tags[0x0112] = 6  # lies on its side
    place = tags.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 30.0, 0.0)
    return tags


def picture(form: str, size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 200, 30)).save(out, form, **options)
    return out.getvalue()


def photo() -> bytes:
    return picture("JPEG", exif=exif(), comment=SECRET.encode(), xmp=f"<x>{SECRET}</x>".encode())


def png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", SECRET)
    return picture("PNG", pnginfo=notes, exif=exif())


def webp() -> bytes:
    return picture("WEBP", exif=exif(), xmp=f"<x>{SECRET}</x>".encode())


def gif() -> bytes:
    return picture("GIF", comment=SECRET.encode())


def moving_gif() -> bytes:
    out, frames = io.BytesIO(), [Image.new("RGB", (9, 9), (shade, 0, 0)) for shade in (0, 99, 200)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda _: None, **saving: object) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    out = io.BytesIO()
    made.save(out, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def add_every_trace(made: pikepdf.Pdf) -> None:
    made.docinfo["/Author"] = SECRET
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET]
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{SECRET}')")
    made.attachments["a.txt"] = SECRET.encode()
    page = made.pages[0]
    page.obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=SECRET))
    page.obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=SECRET))
    page.obj.Annots = pikepdf.Array([_note(made), _link(made)])
    image = pikepdf.Stream(made, photo(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    image.Filter, image.Width, image.Height = pikepdf.Name.DCTDecode, 40, 20
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.obj.Contents = pikepdf.Stream(made, b"q 40 0 0 20 0 0 cm /Im0 Do Q")


def _note(made: pikepdf.Pdf) -> pikepdf.Object:
    rectangle = pikepdf.Array([0, 0, 9, 9])
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=rectangle, T=SECRET)
    note.Contents, note.M = "kept words", "D:20261124101530"
    return made.make_indirect(note)


def _link(made: pikepdf.Pdf) -> pikepdf.Object:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"https://tracker.invalid/{SECRET}")
    rectangle = pikepdf.Array([0, 0, 9, 9])
    return made.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=rectangle, A=action))


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def boxed(brand: bytes) -> bytes:
    start = _box(b"ftyp", brand + b"\0\0\2\0" + brand + b"isom")
    return start + _box(b"moov", bytes(100)) + _box(b"mdat", bytes(5000))


WEBM = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d4287810442858102") + bytes(99)
MATROSKA = bytes.fromhex("1a45dfa3a34286810142f7810142f2810442f381084282886d6174726f736b61") + bytes(99)
OGG = b"OggS\0\2" + bytes(20) + b"\x01\x13OpusHead" + bytes(99)
WAV = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + bytes(99)
MP3 = b"\xff\xfb\x90\x64" + bytes(413)
MP3_SPEECH = b"\xff\xf3\x40\xc4" + bytes(413)
MP3_TAGGED = b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + MP3
ZIP = b"PK\x03\x04" + bytes(22) + b"\x09\0\0\0_chat.txt"
DOCX = b"PK\x03\x04" + bytes(22) + b"\x13\0\0\0[Content_Types].xml"
