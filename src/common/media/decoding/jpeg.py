"""JPEG (ITU T.81): removal of metadata segments, and the check that the image data is complete."""

import hashlib
import io
import re
import struct
from collections.abc import Iterator
from typing import Final

from src.common.media.decoding.pixels import Parted
from src.common.media.errors import NotAnImage

END: Final = b"\xff\xd9"
STRIP: Final = 256
START_OF_SCAN: Final = 0xDA
FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # C4, C8 and CC are no frame headers
PROGRESSIVE: Final = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
KEPT: Final = frozenset({*range(0xC0, 0xD0), START_OF_SCAN, 0xDB, 0xDC, 0xDD})  # frames, scans and tables
JFIF: Final = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
# The marker that ends the data of a scan: not a stuffed zero, a restart marker or a fill byte.
_MARKER: Final = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])")
# Noise that changes the decoded image if scan data is missing, and that every decoder skips after a complete scan.
_NOISE: Final = tuple(bytes(letters) * 64 for letters in ((0x5A, 0xC3, 0x69, 0x0F, 0x71), (0xA5, 0x3C, 0x96, 0xF0)))


def part(raw: bytes) -> Parted:
    """Return the first image of the file, ended by END. Raises NotAnImage if it has no frame or no scan."""
    parted, kept, profile = Parted(), [b"\xff\xd8"], {}
    scans: list[bytes] = []
    frame = (0, b"")
    for marker, body, tail in _segments(raw):
        if marker == END[1]:
            parted.has_end = True
        elif marker == START_OF_SCAN:
            scans.append(body)
        elif marker in FRAMES:
            frame = (marker, body)
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            parted.exif = parted.exif or body[6:]
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
            profile[body[12]] = body[14:]
        kept.append(_kept(marker, body) + tail)
    if not scans or len(frame[1]) < 6:
        raise NotAnImage
    parted.profile = b"".join(profile[number] for number in sorted(profile)) or None
    parted.size = int.from_bytes(frame[1][3:5], "big"), int.from_bytes(frame[1][1:3], "big")
    parted.is_whole, parted.is_layered = _all_scans(frame, scans), len(scans) > 1
    parted.data = io.BytesIO(b"".join(kept).rstrip(b"\xff") + END)
    return parted


def _kept(marker: int, body: bytes) -> bytes:
    """Return the part of a segment that the decoder needs: image data, tables, and the colour space."""
    if marker in KEPT:
        return _segment(marker, body)
    if marker == 0xE0 and body.startswith(b"JFIF\0"):
        return JFIF  # without its resolution and its thumbnail
    if marker == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:
        return _segment(marker, body[:12])
    return b""


def refuse_cut(parted: Parted) -> None:
    """Raise NotAnImage if image data is missing. It decodes the image, so check the size limits first.

    The decoder silently fills in missing data, so the image is decoded again with noise after the last scan: if the
    pixels differ, data is missing. For one scan with an end marker it is enough to compare at an eighth of the size,
    which is much less work.
    """
    data = parted.data.read()
    parted.data.seek(0)
    smallest = parted.has_end and not parted.is_layered
    seen = _pixels(data, smallest=smallest)
    others = (data.removesuffix(END) + noise + END for noise in (_NOISE[:1] if smallest else _NOISE))
    if not parted.is_whole or any(_pixels(other, smallest=smallest) != seen for other in others):
        raise NotAnImage


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _segments(raw: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield marker, body, and, for a scan header, the data up to the next marker. Stops at the end of the first image
    or of the file."""
    at = 2
    while at + 2 <= len(raw):
        if raw[at] != 0xFF:  # skip to the next marker, as decoders do
            at = raw.find(b"\xff", at)
            if at < 0:
                return
            continue
        marker = raw[at + 1]
        if marker == END[1]:
            yield marker, b"", b""
            return
        if marker in (0x00, 0x01, 0xFF) or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        size = int.from_bytes(raw[at + 2 : at + 4], "big")
        body, at = raw[at + 4 : at + 2 + size], at + 2 + size
        if size < 2 or at > len(raw):
            return
        tail = b""
        if marker == START_OF_SCAN:
            found = _MARKER.search(raw, at)
            end = found.start() if found else len(raw)
            tail, at = raw[at:end], end
        yield marker, body, tail


def _all_scans(frame: tuple[int, bytes], scans: list[bytes]) -> bool:
    """Return True if each component has all its coefficients in full precision. False means that a scan is missing."""
    marker, body = frame
    components = {body[6 + 3 * number] for number in range(body[5]) if len(body) >= 9 + 3 * number}
    precision: dict[tuple[int, int], int] = {}
    for scan in scans:
        count = scan[0] if scan else 0
        if len(scan) < 4 + 2 * count:
            return False
        first, last, low = scan[1 + 2 * count], scan[2 + 2 * count], scan[3 + 2 * count] & 0x0F
        for component in scan[1 : 1 + 2 * count : 2]:
            precision |= {(component, place): low for place in range(first, min(last, 63) + 1)}
    if marker not in PROGRESSIVE:  # a sequential scan holds all of a component
        return components <= {component for component, _ in precision}
    # An encoder may omit coefficients that are zero everywhere; those that it began must reach full precision.
    return components <= {component for component, place in precision if place == 0} and not any(precision.values())


def _pixels(data: bytes, *, smallest: bool) -> str:
    from PIL import Image

    seen = hashlib.sha256()
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
        if smallest:
            image.draft(None, (1, 1))
        image.load()
        for top in range(0, image.height, STRIP):  # in strips: the bytes of the whole image would double the memory
            seen.update(image.crop((0, top, image.width, min(top + STRIP, image.height))).tobytes())
    return seen.hexdigest()
