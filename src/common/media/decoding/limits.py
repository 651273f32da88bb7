"""Size limits of images, checked before anything is decoded."""

from dataclasses import dataclass
from typing import Final

from src.common.media.errors import NotAnImage, TooManyFrames, TooManyPixels

MAX_SIDE: Final = 16_383  # of WebP
MAX_FRAMES: Final = 500
LONG_WIDTH: Final = 1_000
LONG_HEIGHT: Final = 40_000


def is_long(width: int, height: int) -> bool:
    """Return True if the image is higher than WebP allows and is kept as slices (images of product detail pages)."""
    return MAX_SIDE < height <= LONG_HEIGHT and width <= LONG_WIDTH


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file. `max_pixels` counts all frames together; long stills have LONG_WIDTH and LONG_HEIGHT."""

    max_pixels: int

    def refuse(self, width: int, height: int, *, frames: int = 1) -> None:
        """Raise TooManyPixels or TooManyFrames if a limit is exceeded, NotAnImage for an image without pixels."""
        if min(width, height) < 1:
            raise NotAnImage
        if not (frames == 1 and is_long(width, height)) and (
            width * height * frames > self.max_pixels or max(width, height) > MAX_SIDE
        ):
            raise self.exceeded()
        if frames > MAX_FRAMES:
            raise TooManyFrames(max_frames=MAX_FRAMES)

    def exceeded(self) -> TooManyPixels:
        """Return the error that names these limits."""
        return TooManyPixels(
            max_pixels=self.max_pixels, max_side=MAX_SIDE, long_width=LONG_WIDTH, long_height=LONG_HEIGHT
        )
