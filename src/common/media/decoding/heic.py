"""HEIC (ISO/IEC 23008-12), the photos of iPhones: decoded by libheif, which is loaded with the first one."""

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from src.common.media.decoding.limits import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

BOXES_IN: Final = frozenset({b"iprp", b"ipco"})


def sizes(raw: bytes) -> list[tuple[int, int]]:
    """Width and height of every picture and tile that the file announces (its `ispe` boxes). Empty without any."""
    return [
        struct.unpack(">II", body[4:12])
        for name, meta in _boxes(raw)
        if name == b"meta"
        for kind, body in _flat(meta[4:])
        if kind == b"ispe" and len(body) >= 12
    ]


def primary(raw: bytes, limits: Limits) -> "Image":
    """The picture to show, as it was held, with its profile in `info`. Call it once `sizes` are within the limits.

    Raises TooManyPixels, and whatever the library does where the file is broken.
    """
    import pi_heif  # type: ignore[import-untyped]
    from PIL import Image

    options = pi_heif.options
    options.DECODE_THREADS = 1  # the picture thread is one
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    file = pi_heif.open_heif(raw, convert_hdr_to_8bit=True)
    found = file[file.primary_index]
    limits.refuse(*found.size)
    image = Image.frombytes(found.mode, found.size, found.data, "raw", found.mode, found.stride)
    image.info = {"icc_profile": found.info.get("icc_profile")}
    return image


def _flat(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Boxes, with those inside of the ones that only hold others."""
    for name, body in _boxes(raw):
        if name in BOXES_IN:
            yield from _flat(body)
        else:
            yield name, body


def _boxes(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(raw):
        size, name = struct.unpack(">I4s", raw[at : at + 8])
        head = 8
        if size == 1 and at + 16 <= len(raw):
            size, head = int.from_bytes(raw[at + 8 : at + 16], "big"), 16
        elif size == 0:  # to the end of the file
            size = len(raw) - at
        if size < head:
            return
        yield name, raw[at + head : at + size]
        at += size
