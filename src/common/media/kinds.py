"""Kind and announced size of a file, read from its first bytes before any decoder sees it."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["JPEG", "PNG", "GIF", "WEBP", "HEIC"]

HEAD: Final = 32
# Brands of HEIF with HEVC, and the general ones (mif1, msf1), for which the decoder checks that the content is HEVC.
HEIF: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True)
class Announced:
    """Kind and size from a file's header. `width` and `height` are 0 for JPEG and HEIC, whose size `decoding` reads."""

    kind: Kind
    width: int = 0
    height: int = 0


def announced(head: bytes) -> Announced | None:
    """Return kind and size of a file from its first HEAD bytes, or None for any other kind. File name and declared type
    are ignored.

    The size is needed first because Pillow allocates a WebP's canvas when it opens the file.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return Announced("JPEG")
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return Announced("PNG", int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big"))
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Announced("GIF", int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little"))
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _webp(head)
    if head[4:8] == b"ftyp" and head[8:12] in HEIF:
        return Announced("HEIC")
    return None


def _webp(head: bytes) -> Announced | None:
    """Read one of the three forms of WebP (RFC 9649, 2.5 to 2.7)."""
    form = head[12:16]
    if form == b"VP8X":
        return Announced("WEBP", 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little"))
    if form == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return Announced("WEBP", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if form == b"VP8 ":
        width, height = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
        return Announced("WEBP", width & 0x3FFF, height & 0x3FFF)
    return None
