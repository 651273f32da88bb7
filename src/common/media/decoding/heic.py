"""HEIC (ISO/IEC 23008-12), the format of iPhone photos: decoded by libheif, which is loaded at the first use."""

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from src.common.media.decoding.limits import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

BOXES_IN: Final = frozenset({b"iprp", b"ipco"})


def sizes(raw: bytes) -> list[tuple[int, int]]:
    """Return width and height of every image and tile that the file declares in `ispe` boxes."""
    return [
        struct.unpack(">II", body[4:12])
        for name, meta in _boxes(raw)
        if name == b"meta"
        for kind, body in _flat(meta[4:])
        if kind == b"ispe" and len(body) >= 12
    ]


def primary(raw: bytes, limits: Limits) -> "Image":
    """Decode the primary image, upright, with its profile in `info`. Check the limits on `sizes` first.

    Raises TooManyPixels, and any error of the library for a broken file.
    """
    import pi_heif  # type: ignore[import-untyped]
    from PIL import Image

    options = pi_heif.options
    options.DECODE_THREADS = 1  # the picture thread alone
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    file = pi_heif.open_heif(raw, convert_hdr_to_8bit=True)
    found = file[file.primary_index]
    limits.refuse(*found.size)
    image = Image.frombytes(found.mode, found.size, found.data, "raw", found.mode, found.stride)
    image.info = {"icc_profile": found.info.get("icc_profile")}
    return image


def _flat(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the boxes; those of BOXES_IN are replaced by the boxes that they contain."""
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
