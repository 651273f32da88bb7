"""What a file holds once it is parted: picture data that a decoder reads, and the metadata that changes how it looks."""

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from PIL.Image import Image

UPRIGHT: Final = 1
ORIENTATION: Final = 0x0112
LARGEST_PROFILE: Final = 4 << 20


@dataclass(slots=True)
class Parted:
    """`data` holds no metadata any more. `exif` is as TIFF has it, `profile` an ICC profile; both may be garbage.

    `size` is what the frame's header says, where that is not known before. `is_whole` is False where parts of the
    picture data are known to be missing, `has_end` says that the file's last marker is there,
    `is_layered` that the picture data comes in several scans.
    """

    data: BinaryIO = field(default_factory=io.BytesIO)
    exif: bytes = b""
    profile: bytes | None = None
    size: tuple[int, int] = (0, 0)
    is_whole: bool = True
    has_end: bool = False
    is_layered: bool = False


def orientation_of(exif: bytes) -> int:
    """1 to 8, as EXIF counts; UPRIGHT where it says nothing that can be understood."""
    from PIL import Image

    tags = Image.Exif()
    try:
        tags.load(exif)
        found = tags.get(ORIENTATION, UPRIGHT)
    except Exception:  # noqa: BLE001 - garbage fails in as many ways as there are tags
        return UPRIGHT
    return found if isinstance(found, int) and 1 <= found <= 8 else UPRIGHT


def upright(image: "Image", exif: bytes) -> "Image":
    """The picture as the camera was held; the same one where nothing is to be turned."""
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
