"""Paths of pictures, the addresses they are shown at, and the smaller sizes that a path implies."""

import re
from typing import Final
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from src.core.configs import settings

FOLDER: Final = "uploads"
# The number names how pictures are drawn: another ladder of widths gets another number, so that a path says for good
# which sizes lie beside it, and no read has to ask a table.
LADDERS: Final[dict[str, tuple[int, ...]]] = {"1": (320, 640, 1280)}
CURRENT: Final = "1"
_STEM: Final = rf"{FOLDER}/(?P<recipe>[0-9]+)/[0-9a-f]{{2}}/[0-9a-f]{{40}}-[0-9a-f]{{8}}-(?P<width>[0-9]+)x[0-9]+"
_KEY: Final = re.compile(rf"(?P<stem>{_STEM})(?:(?:-[0-9]+)?\.webp|-icon\.png)")


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


def new_path(digest: str, *, salt: str, width: int, height: int) -> str:
    """A path that no picture had before: the digest says whose it is, the salt keeps names from ever coming back."""
    return f"{FOLDER}/{CURRENT}/{digest[:2]}/{digest[:40]}-{salt}-{width}x{height}.webp"


def keys_of(path: str) -> dict[int, str]:
    """The object of every width below the path's own, and the path itself, by width. Empty for other pictures."""
    found = _KEY.fullmatch(path)
    if found is None or found["recipe"] not in LADDERS or f"{found['stem']}.webp" != path:
        return {}
    width = int(found["width"])
    smaller = {step: f"{found['stem']}-{step}.webp" for step in LADDERS[found["recipe"]] if step < width}
    return {**smaller, width: path}


def icon_key(path: str) -> str:
    """Where the icon of an upload lies, if one was drawn."""
    return f"{path.removesuffix('.webp')}-icon.png"


def path_of(key: str) -> str | None:
    """The path that an object belongs to, None for what is no object of an upload."""
    found = _KEY.fullmatch(key)
    return f"{found['stem']}.webp" if found else None


def paths_in(text: str) -> set[str]:
    """The paths of all uploads that a text shows, in whatever size: for texts that hold pictures."""
    return {f"{found['stem']}.webp" for found in _KEY.finditer(text)}


def media_url(path: str) -> str:
    """The address of a stored path.

    Uploads in object storage are below ``S3_PUBLIC_URL``, or at the bucket itself; everything else is
    ``/media/<path>``, or below ``MEDIA_BASE_URL`` where that is set.
    """
    chosen = settings()
    base = chosen.server.media_base_url.rstrip("/") or "/media"
    if chosen.media.bucket and path.startswith(f"{FOLDER}/"):
        base = chosen.media.public_base
    return f"{base}/{quote(path)}"


def picture_sizes(path: str) -> list[PictureSize]:
    """Every size of an upload, the smallest first; none for a picture that was not uploaded (a drawing of the demo)."""
    return [PictureSize(width=width, url=media_url(key)) for width, key in keys_of(path).items()]
