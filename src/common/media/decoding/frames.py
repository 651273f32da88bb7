"""Decode a file of any kind to upright frames in sRGB."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from src.common.media.addresses import SLICED, SLICES
from src.common.media.decoding import heic, jpeg, png
from src.common.media.decoding.limits import Limits, is_long
from src.common.media.decoding.pixels import Parted, upright
from src.common.media.errors import NotAnImage, TooManyFrames, TooManyPixels
from src.common.media.kinds import Kind

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_WIDTH: Final = 1920
SLICE: Final = SLICES[SLICED]
FRAME_MS: Final = 100  # duration of a frame that states none, as in browsers


@dataclass(frozen=True, slots=True)
class Frames:
    """Upright frames of one size, shown for `durations` milliseconds each; a still has one frame.

    Frames are RGB or RGBA. Only a long still stays as it was decoded: `slices` converts it piece by piece, because a
    second copy of the whole image would need much memory.
    """

    pictures: "list[Image]"
    durations: list[int]
    loop: int = 0
    profile: bytes | None = None

    @property
    def is_long(self) -> bool:
        """True if the image is kept as slices."""
        return len(self.pictures) == 1 and is_long(*self.pictures[0].size)

    def slices(self) -> "Iterator[Image]":
        """Yield the slices of a long still from top to bottom, SLICE pixels high except the last one."""
        (picture,) = self.pictures
        for top in range(0, picture.height, SLICE):
            piece = picture.crop((0, top, picture.width, min(top + SLICE, picture.height)))
            piece.info = picture.info
            yield _plain(piece, self.profile)


def decoded(source: BinaryIO, kind: Kind, limits: Limits) -> Frames:
    """Return all frames of the file, stills at most MAX_WIDTH wide. Broken metadata is ignored.

    Raises NotAnImage, also if image data is missing; TooManyPixels and TooManyFrames before anything is decoded.
    """
    from PIL import Image

    source.seek(0)
    try:
        if kind == "HEIC":
            return _heic(source.read(), limits)
        parted = _parted(source, kind)
        if kind == "JPEG":
            limits.refuse(*parted.size)
            jpeg.refuse_cut(parted)
        return _by_pillow(parted, kind, limits)
    except (NotAnImage, TooManyFrames, TooManyPixels, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise limits.exceeded() from None
    except Exception as error:
        raise NotAnImage from error


def _parted(source: BinaryIO, kind: Kind) -> Parted:
    if kind == "JPEG":
        return jpeg.part(source.read())
    return png.part(source.read()) if kind == "PNG" else Parted(source)


def _heic(raw: bytes, limits: Limits) -> Frames:
    announced = heic.sizes(raw)
    if not announced:
        raise NotAnImage
    for width, height in announced:
        limits.refuse(width, height)
    image = heic.primary(raw, limits)
    return _still(image, image.info.get("icc_profile"))


def _by_pillow(parted: Parted, kind: Kind, limits: Limits) -> Frames:
    from PIL import Image

    with Image.open(parted.data, formats=[kind]) as image:
        limits.refuse(*image.size)
        # Cameras write JPEG files with several images: the first is the one to show.
        count = 1 if kind == "JPEG" else int(getattr(image, "n_frames", 1))
        limits.refuse(*image.size, frames=count)
        if count > 1:
            return _animation(image, count, limits)
        if kind == "JPEG":  # decode at a fraction of the size if that is enough
            image.draft(None, (MAX_WIDTH, MAX_WIDTH))
        image.load()
        frames = _still(
            upright(image, parted.exif or image.info.get("exif", b"")), parted.profile or image.info.get("icc_profile")
        )
        if frames.pictures[0] is not image:
            image.close()
        return frames


def _still(image: "Image", profile: bytes | None) -> Frames:
    """Return the image as one frame, at most MAX_WIDTH wide."""
    from PIL.Image import Resampling

    if is_long(*image.size):
        return Frames([image], [0], profile=profile)
    picture = _plain(image, profile)
    picture.thumbnail((MAX_WIDTH, picture.height), Resampling.LANCZOS)
    return Frames([picture], [0])


def _animation(image: "Image", count: int, limits: Limits) -> Frames:
    first = 0
    if image.info.get("default_image"):  # for viewers without APNG support: not part of the animation
        image.load()
        image.paste((0,) * len(image.getbands()) if len(image.getbands()) > 1 else 0, (0, 0, *image.size))
        first = 1
    pictures, durations = [], []
    for number in range(first, count):
        image.seek(number)
        limits.refuse(*image.size, frames=count)  # a frame may reach beyond the first
        image.load()
        pictures.append(_plain(image.copy(), None))
        durations.append(int(image.info.get("duration") or FRAME_MS))
    size = pictures[0].size
    fitting = [picture if picture.size == size else picture.crop((0, 0, *size)) for picture in pictures]
    return Frames(fitting, durations, int(image.info.get("loop", 1)))


def _plain(image: "Image", profile: bytes | None) -> "Image":
    """Convert to sRGB, as RGB, or as RGBA if the image has transparency."""
    if image.mode.startswith("I"):  # 16 bits per pixel: `convert` would keep only the lower 8
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    see_through = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    if profile:
        image = _in_srgb(image, profile)
    wanted = "RGBA" if see_through else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def _in_srgb(image: "Image", profile: bytes) -> "Image":
    """Convert the colours from `profile` to sRGB. They stay as they are if the profile is broken."""
    from PIL import ImageCms

    mode = {"CMYK": "RGB", "L": "RGB"}.get(image.mode, image.mode)
    if mode not in ("RGB", "RGBA"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return changed or image
