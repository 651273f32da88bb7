"""PNG (W3C, third edition): removal of metadata chunks."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from src.common.media.decoding.pixels import LARGEST_PROFILE, Parted

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
ANIMATION: Final = frozenset({b"acTL", b"fcTL", b"fdAT"})
PALETTE: Final = 3
TRANSPARENT: Final = {0: 2, 2: 6}  # bytes of tRNS by colour type


def part(raw: bytes) -> Parted:
    """Return the chunks of the image and its animation unchanged. Errors in them are left to the decoder."""
    parted, kept = Parted(), [SIGNATURE]
    colours = raw[25] if len(raw) > 25 else 0
    for name, body, whole in _chunks(raw):
        if _is_critical(name) or name in ANIMATION or (name == b"tRNS" and _fits(body, colours) and _is_sound(whole)):
            kept.append(whole)
        elif name == b"eXIf":
            parted.exif = body.removeprefix(b"Exif\0\0")
        elif name == b"iCCP":
            parted.profile = _profile(body)
    parted.data = io.BytesIO(b"".join(kept))
    return parted


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        whole = raw[at : at + 12 + size]
        yield whole[4:8], whole[8 : 8 + size], whole
        at += 12 + size


def _is_critical(name: bytes) -> bool:
    return not name[:1].islower()


def _is_sound(whole: bytes) -> bool:
    return struct.pack(">I", zlib.crc32(whole[4:-4])) == whole[-4:]


def _fits(transparent: bytes, colours: int) -> bool:
    return 0 < len(transparent) <= 256 if colours == PALETTE else len(transparent) == TRANSPARENT.get(colours)


def _profile(body: bytes) -> bytes | None:
    """Return the uncompressed profile. None if it is broken or larger than LARGEST_PROFILE bytes."""
    _, _, packed = body.partition(b"\0")
    unpacking = zlib.decompressobj()
    try:
        profile = unpacking.decompress(packed[1:], LARGEST_PROFILE)
    except zlib.error:
        return None
    return profile if profile and unpacking.eof else None
