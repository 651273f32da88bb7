"""Pictures drawn anew as WebP: what comes out holds pixels and nothing else of the file that came in.

Pillow, in a few threads of its own at the lowest priority, and not loaded before the first upload.
"""

import asyncio
import ctypes
import hashlib
import io
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

from src.common.utils.media.addresses import CURRENT, LADDERS
from src.common.utils.media.errors import NotAnImage, TooManyFrames, TooManyPixels
from src.common.utils.media.kinds import HEAD, Kind, announced
from src.core.configs import settings

if TYPE_CHECKING:
    from PIL.Image import Image

T = TypeVar("T")

MAX_SIDE: Final = 16_383  # of WebP
MAX_WIDTH: Final = 1920
MAX_FRAMES: Final = 500
QUALITY: Final = 85
CHUNK: Final = 1 << 20
ICON_SIDE: Final = 180  # what phones put on their home screen; browsers scale it down
FRAME_MS: Final = 100  # of a frame that says nothing, as browsers take it


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture's bytes by width. `width` and `height` are those of the widest."""

    kind: Kind
    width: int
    height: int
    by_width: dict[int, bytes]


@dataclass(frozen=True, slots=True)
class Frames:
    """Upright frames of one size in RGB or RGBA, shown for `durations` milliseconds each; a still has one."""

    pictures: "list[Image]"
    durations: list[int]
    loop: int = 0


async def digest_of(source: BinaryIO) -> tuple[str, int]:
    """The SHA-256 of a file and its length."""
    return await in_picture_thread(lambda: _digest(source))


async def draw(source: BinaryIO) -> Drawn:
    """Draw a file in every width of the ladder that is not above its own.

    Raises NotAnImage for everything but whole JPEG, PNG, GIF and WebP pictures, TooManyPixels and TooManyFrames before
    anything is decoded. Animations stay animations; the limit counts the pixels of all their frames.
    """
    max_pixels = settings().media.max_pixels
    return await in_picture_thread(lambda: _draw(source, max_pixels))


async def draw_icon(webp: bytes) -> bytes:
    """A picture of ours (of an animation the first frame) as a square PNG of ICON_SIDE pixels, see-through around it:
    not every browser takes WebP as an icon."""
    return await in_picture_thread(lambda: _icon(webp))


async def in_picture_thread(work: Callable[[], T]) -> T:
    """Run in one of the picture threads. Those who wait there hold a file on the disk and nothing in memory."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), work)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings().media.threads, thread_name_prefix="pictures", initializer=_give_way)


def _give_way() -> None:
    """Let whoever answers requests have the processor first."""
    if sys.platform == "linux":  # where a thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)


def _give_back() -> None:
    """Return to the system what the pixels took: glibc would keep 100 MB of it in this process."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:  # musl has none
        trim(0)


def _digest(source: BinaryIO) -> tuple[str, int]:
    source.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _draw(source: BinaryIO, max_pixels: int) -> Drawn:
    source.seek(0)
    said = announced(source.read(HEAD))
    if said is None:
        raise NotAnImage
    _refuse_above(max_pixels, said.width, said.height)
    source.seek(0)
    frames = _decoded(source, said.kind, max_pixels)
    try:
        width, height = frames.pictures[0].size
        widest = min(width, MAX_WIDTH)
        ladder = [step for step in LADDERS[CURRENT] if step < widest]
        by_width = {step: _webp(frames, step) for step in (*ladder, widest)}
        return Drawn(said.kind, widest, _scaled(width, height, widest)[1], by_width)
    finally:
        for picture in frames.pictures:
            picture.close()  # pixels go now and not when the garbage is looked through
        _give_back()


def _refuse_above(max_pixels: int, width: int, height: int, frames: int = 1) -> None:
    if width * height * frames > max_pixels or max(width, height) > MAX_SIDE:
        raise TooManyPixels(max_pixels=max_pixels, max_side=MAX_SIDE)
    if frames > MAX_FRAMES:
        raise TooManyFrames(max_frames=MAX_FRAMES)


def _refuse_empty(image: "Image") -> None:
    if min(image.size) < 1:
        raise NotAnImage


def _decoded(source: BinaryIO, kind: Kind, max_pixels: int) -> Frames:
    from PIL import Image

    try:
        with Image.open(source, formats=[kind]) as image:
            _refuse_empty(image)
            _refuse_above(max_pixels, *image.size)
            # A JPEG of several pictures is a camera's: the first is the one to show.
            count = 1 if kind == "JPEG" else int(getattr(image, "n_frames", 1))
            _refuse_above(max_pixels, *image.size, frames=count)
            if kind == "JPEG":  # decoded at half of its size where that is enough
                image.draft(None, (MAX_WIDTH, MAX_WIDTH))
            frames = _still(image) if count == 1 else _animation(image, count, max_pixels)
            if frames.pictures[0] is not image:
                image.close()
            return frames
    except (NotAnImage, TooManyFrames, TooManyPixels, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels(max_pixels=max_pixels, max_side=MAX_SIDE) from None
    except Exception as error:
        raise NotAnImage from error


def _still(image: "Image") -> Frames:
    """One frame, upright, no wider than it is kept."""
    from PIL import ImageOps
    from PIL.Image import Resampling

    image.load()
    profile = image.info.get("icc_profile")
    ImageOps.exif_transpose(image, in_place=True)
    picture = _plain(image, profile)
    picture.thumbnail((MAX_WIDTH, MAX_SIDE), Resampling.LANCZOS)
    return Frames([picture], [0])


def _animation(image: "Image", count: int, max_pixels: int) -> Frames:
    pictures, durations = [], []
    for number in range(count):
        image.seek(number)
        _refuse_above(max_pixels, *image.size, frames=count)  # a frame may reach beyond the first
        image.load()
        pictures.append(_plain(image.copy(), None))
        durations.append(int(image.info.get("duration") or FRAME_MS))
    size = pictures[0].size
    fitting = [picture if picture.size == size else picture.crop((0, 0, *size)) for picture in pictures]
    return Frames(fitting, durations, int(image.info.get("loop", 1)))


def _plain(image: "Image", profile: bytes | None) -> "Image":
    """In sRGB, as RGB, or RGBA where something shows through."""
    if image.mode.startswith("I"):  # 16 bits for each pixel, of which `convert` would keep the lower half
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    see_through = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    if profile:
        image = _in_srgb(image, profile)
    wanted = "RGBA" if see_through else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def _in_srgb(image: "Image", profile: bytes) -> "Image":
    """Its colours as a screen without colour management shows them; as they are where the profile is broken."""
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


def _webp(frames: Frames, width: int) -> bytes:
    """The frames in this width. Nothing of `info` (EXIF, XMP, profiles, comments) goes along."""
    from PIL.Image import Resampling

    size = _scaled(*frames.pictures[0].size, width)
    pictures = [one if one.size == size else one.resize(size, Resampling.LANCZOS) for one in frames.pictures]
    options: dict[str, Any] = {"format": "WEBP", "quality": QUALITY, "method": 4, "exif": b"", "xmp": b""}
    if len(pictures) > 1:
        options |= {"save_all": True, "append_images": pictures[1:], "duration": frames.durations, "method": 2}
        options["loop"] = frames.loop
    written = io.BytesIO()
    pictures[0].save(written, icc_profile=b"", **options)
    return written.getvalue()


def _icon(webp: bytes) -> bytes:
    from PIL import Image, ImageOps
    from PIL.Image import Resampling

    written = io.BytesIO()
    with Image.open(io.BytesIO(webp), formats=["WEBP"]) as image:
        side = (ICON_SIDE, ICON_SIDE)
        square = ImageOps.pad(image.convert("RGBA"), side, Resampling.LANCZOS, color=(0, 0, 0, 0))
        square.save(written, "PNG", optimize=True)
    return written.getvalue()


def _scaled(width: int, height: int, to: int) -> tuple[int, int]:
    return to, max(1, round(height * to / width))
