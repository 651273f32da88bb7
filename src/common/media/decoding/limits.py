"""Size limits of images, checked before anything is decoded."""

from dataclasses import dataclass
from typing import Final

from src.common.media.errors import NotAnImage, TooManyFrames, TooManyPixels

MAX_SIDE: Final = 16_383  # of WebP
MAX_FRAMES: Final = 500
LONG_WIDTH: Final = 1_000
LONG_HEIGHT: Final = 40_000


def is_long(width: int, height: int) -> bool:
    """Return True for an image of a product's detail page that is kept as slices: it is higher than WebP allows."""
    return MAX_SIDE < height <= LONG_HEIGHT and width <= LONG_WIDTH


@dataclass(frozen=True, slots=True)
class Limits:
    """`max_pixels` of all frames together; a long still has limits of its own."""

    max_pixels: int

    def refuse(self, width: int, height: int, *, frames: int = 1) -> None:
        """Raise TooManyPixels or TooManyFrames, NotAnImage for a picture without pixels."""
        if min(width, height) < 1:
            raise NotAnImage
        if not (frames == 1 and is_long(width, height)) and (
            width * height * frames > self.max_pixels or max(width, height) > MAX_SIDE
        ):
            raise self.exceeded()
        if frames > MAX_FRAMES:
            raise TooManyFrames(max_frames=MAX_FRAMES)

    def exceeded(self) -> TooManyPixels:
        """The error with these limits."""
        return TooManyPixels(
            max_pixels=self.max_pixels, max_side=MAX_SIDE, long_width=LONG_WIDTH, long_height=LONG_HEIGHT
        )
