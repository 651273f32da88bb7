"""Files that browsers and phones make or show, and that strict decoders refuse."""

import io
import struct
import zlib
from base64 import b64decode
from collections.abc import Sequence
from typing import Final

from PIL import Image

Chunk = tuple[bytes, bytes]

# 96 x 64, red in a corner; the second one lies 64 x 96 and is turned, which its EXIF says too, beside a camera.
HEIC: Final = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAA"
    "AAAERAAAEAAQAAAAABegABAAAAAAAAAEsAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA1mlwcnAA"
    "AAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkA"
    "AAAwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAA"
    "QAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAAFNtZGF0AAAARygBrwngITl1X//8gj///GI3IfwKKsEHwHlwQA1M54"
    "St9fmr9g1Y6Uwf7lien9brPAxJKCbeFpoIzgu1oyEn/rRO10bajEfA"
)
HEIC_TURNED: Final = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAABxQABAAAAAAAAAD4AAgAAAAACAwABAAAAAAAAAEYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA4GlwcnAAAADAaXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGE"
    "ABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBhZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAi"
    "QAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAYAAAABBwaXhpAAAAAAMICAgAAAAJaXJvdAMAAAAYaXBtYQAAAAAAAAABAA"
    "EFgQIDBIUAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAIxtZGF0AAAAOigBrwngI7xGcLw07UhWz1mzTHFo96CoNQH//3IbP/9zudl/UDE+"
    "YIky+7eqip+ahzNu/j39QkpTDcAAAAAGRXhpZgAATU0AKgAAAAgAAgEPAAIAAAAVAAAAJgESAAMAAAABAAYAAAAAAABhIGNhbWVyYSBvZiBzb2"
    "1lYm9keQAA"
)


def scene(width: int = 240, height: int = 160) -> Image.Image:
    """A picture with something in every corner of it."""
    image = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    image.paste((200, 30, 30), (0, 0, width // 4, height // 4))
    image.paste(Image.effect_noise((width // 2, height // 2), 90), (width // 2, height // 2))
    return image


def jpeg(*segments: bytes, progressive: bool = False, image: Image.Image | None = None) -> bytes:
    """A JPEG with these segments in front of all others."""
    file = io.BytesIO()
    (image or scene()).save(file, "JPEG", progressive=progressive)
    return file.getvalue()[:2] + b"".join(segments) + file.getvalue()[2:]


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif(*tags: bytes) -> bytes:
    """The body of an EXIF segment with these tags of 12 bytes."""
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, len(tags)) + b"".join(tags) + b"\0" * 4


def short_tag(number: int, value: int) -> bytes:
    """A tag with one number."""
    return struct.pack(">HHIHH", number, 3, 1, value, 0)


def png(
    width: int,
    height: int,
    before: Sequence[Chunk] = (),
    *,
    pixel: bytes = b"\x10\x80\x20\xff",
    after: Sequence[Chunk] = (),
) -> bytes:
    """A PNG of one colour in RGBA with these chunks in front of and behind its picture data."""
    head = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    chunks = (head, *before, (b"IDAT", one_colour(width, height, pixel)), *after, (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, chunks))


def chunk(named: Chunk) -> bytes:
    """A chunk of a PNG."""
    name, body = named
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def one_colour(width: int, height: int, pixel: bytes) -> bytes:
    """The picture data of a PNG of one colour."""
    return zlib.compress((b"\0" + pixel * width) * height)


def apng(width: int, height: int, *, default: bytes, frames: Sequence[bytes]) -> bytes:
    """An animation whose default picture is no frame: each frame is of one colour and lies over the one before."""
    after: list[Chunk] = []
    for number, pixel in enumerate(frames):
        control = struct.pack(">IIIIIHHBB", 2 * number, width, height, 0, 0, 1, 10, 0, 1)
        data = struct.pack(">I", 2 * number + 1) + one_colour(width, height, pixel)
        after += [(b"fcTL", control), (b"fdAT", data)]
    return png(width, height, [(b"acTL", struct.pack(">II", len(frames), 0))], pixel=default, after=after)


def long_picture(width: int = 300, height: int = 17_000, *, kind: str = "PNG") -> bytes:
    """A detail page: each thousand pixels of it in a grey of its own."""
    image = Image.new("RGB", (width, height))
    for top in range(0, height, 1000):
        image.paste((top // 1000 * 6,) * 3, (0, top, width, min(top + 1000, height)))
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()
