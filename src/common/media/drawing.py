"""Re-encode images as WebP: the output contains only the pixels of the input file.

Pillow runs in a few threads at the lowest priority, and is loaded at the first upload.
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
from typing import Any, BinaryIO, Final, TypeVar

from src.common.media.addresses import LADDER
from src.common.media.decoding.frames import MAX_WIDTH, Frames, decoded
from src.common.media.decoding.limits import Limits
from src.common.media.errors import NotAnImage
from src.common.media.kinds import HEAD, Kind, announced
from src.core.configs import settings

T = TypeVar("T")

QUALITY: Final = 85
CHUNK: Final = 1 << 20
ICON_SIDE: Final = 180  # size of an icon on a phone's home screen; browsers scale it down


@dataclass(frozen=True, slots=True)
class Drawn:
    """An encoded image: its bytes by width. `width` and `height` are those of the widest.

    For a long image `by_width` has the first slice in all widths, `more` the other slices in the image's own width, and
    `height` is that of all slices together.
    """

    kind: Kind
    width: int
    height: int
    by_width: dict[int, bytes]
    more: tuple[bytes, ...] = ()


async def digest_of(source: BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 of a file and its length in bytes."""
    return await in_picture_thread(lambda: _digest(source))


async def draw(source: BinaryIO) -> Drawn:
    """Encode a file in each width of LADDER below its own, and in its own up to MAX_WIDTH.

    Raises NotAnImage for everything but complete JPEG, PNG, GIF, WebP and HEIC images; TooManyPixels and TooManyFrames
    before anything is decoded. Animations stay animations, and the limit counts the pixels of all frames. A long image
    is cut into slices.
    """
    max_pixels = settings().media.max_pixels
    return await in_picture_thread(lambda: _draw(source, max_pixels))


async def draw_icon(webp: bytes) -> bytes:
    """Return an encoded image (the first frame of an animation) as a square PNG of ICON_SIDE pixels with transparent
    margins. PNG, because not every browser accepts WebP icons."""
    return await in_picture_thread(lambda: _icon(webp))


async def in_picture_thread(work: Callable[[], T]) -> T:
    """Run `work` in one of the picture threads. Calls that wait for a thread hold a file on disk, nothing in memory."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), work)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings().media.threads, thread_name_prefix="pictures", initializer=_give_way)


def _give_way() -> None:
    """Lower this thread's priority, so that requests get the processor first."""
    if sys.platform == "linux":  # only Linux has a priority for each thread
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)


def _give_back() -> None:
    """Return the memory of the pixels to the system: glibc would keep 100 MB of it in this process."""
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
    limits = Limits(max_pixels)
    source.seek(0)
    said = announced(source.read(HEAD))
    if said is None:
        raise NotAnImage
    if (said.width, said.height) != (0, 0):
        limits.refuse(said.width, said.height)
    frames = decoded(source, said.kind, limits)
    try:
        return _drawn_long(frames, said.kind) if frames.is_long else _drawn(frames, said.kind)
    finally:
        for picture in frames.pictures:
            picture.close()  # free the pixels now, not at the next garbage collection
        _give_back()


def _drawn(frames: Frames, kind: Kind) -> Drawn:
    width, height = frames.pictures[0].size
    widest = min(width, MAX_WIDTH)
    return Drawn(kind, widest, _scaled(width, height, widest)[1], _ladder(frames, widest))


def _drawn_long(frames: Frames, kind: Kind) -> Drawn:
    width, height = frames.pictures[0].size
    slices = frames.slices()
    first = _ladder(Frames([next(slices)], [0]), width)
    return Drawn(kind, width, height, first, tuple(_webp(Frames([piece], [0]), width) for piece in slices))


def _ladder(frames: Frames, widest: int) -> dict[int, bytes]:
    return {step: _webp(frames, step) for step in (*(step for step in LADDER if step < widest), widest)}


def _webp(frames: Frames, width: int) -> bytes:
    """Encode the frames in this width, without anything of `info` (EXIF, XMP, profiles, comments)."""
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
