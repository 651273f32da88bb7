"""Paths and public addresses of images, and the smaller sizes that follow from a path."""

import re
from typing import Annotated, Final
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from src.core.configs import settings

FOLDER: Final = "uploads"
INCOMING: Final = "incoming"  # original files, never served, kept until they are encoded or swept
# The number in a path names the widths that an image is encoded in. Another list of widths gets another number, so the
# sizes always follow from the path, and reads need no table.
LADDER: Final = (320, 640, 1280)
CURRENT: Final = "1"
# A long image: its path is that of the first slice, which is kept in all widths; the other slices have one width.
SLICED: Final = "2"
LADDERS: Final[dict[str, tuple[int, ...]]] = {CURRENT: LADDER, SLICED: LADDER}
SLICES: Final = {SLICED: 4_000}
_STEM: Final = (
    rf"{FOLDER}/(?P<recipe>[0-9]+)/[0-9a-f]{{2}}/[0-9a-f]{{40}}-[0-9a-f]{{8}}-(?P<width>[0-9]+)x(?P<height>[0-9]+)"
)
_KEY: Final = re.compile(rf"(?P<stem>{_STEM})(?:(?:-s?[0-9]+)?\.webp|-icon\.png)")


class PictureSize(BaseModel):
    """One of the widths (in pixels) that a picture is kept in, as WebP."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [{"width": 640, "url": "/media/uploads/1/9f/9f2c...-1a2b3c4d-1280x720-640.webp"}]
        },
    )

    width: int
    url: str = Field(max_length=600)


class PictureSlice(BaseModel):
    """A piece of a long picture: to be shown below the one before, without a gap. In pixels."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {"url": "/media/uploads/2/9f/9f2c...-1a2b3c4d-860x21000-s2.webp", "width": 860, "height": 4000}
            ]
        },
    )

    url: str = Field(max_length=600)
    width: int
    height: int


Slices = Annotated[
    list[PictureSlice],
    Field(
        max_length=100,
        description="Only of a long picture (higher than 16,383 pixels): its pieces from top to bottom. `image_url` "
        "(`url` of an upload) is the first of them, and sizes are of that one. Empty for every other picture.",
    ),
]


def new_path(digest: str, *, salt: str, width: int, height: int, is_long: bool = False) -> str:
    """Return a path that no image had before: it holds the file's digest, and a salt so that no name is ever reused."""
    return f"{FOLDER}/{SLICED if is_long else CURRENT}/{digest[:2]}/{digest[:40]}-{salt}-{width}x{height}.webp"


def _named(path: str) -> re.Match[str] | None:
    found = _KEY.fullmatch(path)
    return found if found and found["recipe"] in LADDERS and f"{found['stem']}.webp" == path else None


def keys_of(path: str) -> dict[int, str]:
    """Return the object keys of an upload by width: the smaller widths, and the path itself. Empty for other images."""
    found = _named(path)
    if found is None:
        return {}
    width = int(found["width"])
    smaller = {step: f"{found['stem']}-{step}.webp" for step in LADDERS[found["recipe"]] if step < width}
    return {**smaller, width: path}


def slice_keys(path: str) -> list[tuple[str, int]]:
    """Return key and height of each slice from top to bottom; the first is the path itself. Empty for other images."""
    found = _named(path)
    if found is None or found["recipe"] not in SLICES:
        return []
    each, height = SLICES[found["recipe"]], int(found["height"])
    keys = [path if top == 0 else f"{found['stem']}-s{top // each + 1}.webp" for top in range(0, height, each)]
    return [(key, min(each, height - number * each)) for number, key in enumerate(keys)]


def objects_of(path: str) -> list[str]:
    """Return the keys of all objects of an image except its icon."""
    return [*keys_of(path).values(), *(key for key, _ in slice_keys(path)[1:])]


def icon_key(path: str) -> str:
    """Return the key of an upload's icon, which may not exist."""
    return f"{path.removesuffix('.webp')}-icon.png"


def path_of(key: str) -> str | None:
    """Return the path of the upload that an object belongs to, or None for other objects."""
    found = _KEY.fullmatch(key)
    return f"{found['stem']}.webp" if found else None


def paths_in(text: str) -> set[str]:
    """Return the paths of all uploads that a text shows, in any size."""
    return {f"{found['stem']}.webp" for found in _KEY.finditer(text)}


def media_url(path: str) -> str:
    """Return the public address of a stored path.

    Uploads in object storage are below ``S3_PUBLIC_URL``, or at the bucket itself; everything else is
    ``/media/<path>``, or below ``MEDIA_BASE_URL`` if that is set.
    """
    chosen = settings()
    base = chosen.server.media_base_url.rstrip("/") or "/media"
    if chosen.media.bucket and path.startswith(f"{FOLDER}/"):
        base = chosen.media.public_base
    return f"{base}/{quote(path)}"


def picture_sizes(path: str) -> list[PictureSize]:
    """Return all sizes of an upload, smallest first. Empty for an image that was not uploaded, as in the demo shop."""
    return [PictureSize(width=width, url=media_url(key)) for width, key in keys_of(path).items()]


def picture_slices(path: str) -> list[PictureSlice]:
    """Return the slices of a long image. Empty for other images."""
    if not path.startswith(f"{FOLDER}/{SLICED}/"):
        return []
    found = _named(path)
    width = int(found["width"]) if found else 0
    return [PictureSlice(url=media_url(key), width=width, height=height) for key, height in slice_keys(path)]


def slices_in(text: str) -> dict[str, list[PictureSlice]]:
    """Return the slices of the long images that a text shows, by the address of the first slice, in text order."""
    if f"{FOLDER}/{SLICED}/" not in text:
        return {}
    paths = dict.fromkeys(f"{found['stem']}.webp" for found in _KEY.finditer(text) if found["recipe"] == SLICED)
    return {media_url(path): picture_slices(path) for path in paths}
