"""The separated parts of a file: image data for the decoder, and the metadata that affects the look (orientation,
colour profile)."""

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

UPRIGHT: Final = 1
ORIENTATION: Final = 0x0112
SHORTEST_TIFF: Final = 10
TAG: Final = 12
WIDTHS: Final = {1: 1, 3: 2, 4: 4}  # bytes of a number by its TIFF type
LARGEST_PROFILE: Final = 4 << 20


@dataclass(slots=True)
class Parted:
    """A file without metadata in `data`. `exif` is in TIFF form, `profile` an ICC profile; both may be broken.

    `size` is from the frame header and set for JPEG only, as are the following: `is_whole` is False if parts of the
    image data are known to be missing, `has_end` is True if the file has its end marker, `is_layered` is True if the
    image data has several scans.
    """

    data: BinaryIO = field(default_factory=io.BytesIO)
    exif: bytes = b""
    profile: bytes | None = None
    size: tuple[int, int] = (0, 0)
    is_whole: bool = True
    has_end: bool = False
    is_layered: bool = False


def orientation_of(exif: bytes) -> int:
    """Return the orientation, 1 to 8 (TIFF 6.0, section 2), or UPRIGHT if it is missing or unreadable. Other tags are
    not read, so broken ones do no harm."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"
    if tiff[:2] not in (b"II", b"MM") or len(tiff) < SHORTEST_TIFF:
        return UPRIGHT
    start = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[start : start + 2], order)
    for at in range(start + 2, min(start + 2 + TAG * count, len(tiff) - TAG + 1), TAG):
        number, kind = (int.from_bytes(tiff[at + place : at + place + 2], order) for place in (0, 2))
        if number == ORIENTATION and kind in WIDTHS:
            found = int.from_bytes(tiff[at + 8 : at + 8 + WIDTHS[kind]], order)
            return found if 1 <= found <= 8 else UPRIGHT
    return UPRIGHT


def upright(image: "Image", exif: bytes) -> "Image":
    """Return the image turned as `exif` says; the same object if it need not be turned."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(orientation_of(exif)) if exif else None
    return image if turn is None else image.transpose(turn)
