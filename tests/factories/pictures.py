"""Pictures as files, good ones and bad ones, and uploads made of them."""

import io
import itertools
import struct
import zlib
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from src.core.configs import settings

UPLOADS = "/api/v1/admin/uploads"

_numbers = itertools.count(1)


def picture(
    width: int = 800, height: int = 600, *, kind: str = "JPEG", mode: str = "RGB", color: Any = None, **options: Any
) -> bytes:
    """A file of this kind, another one at every call unless it has a `color`."""
    number = next(_numbers)
    image = Image.new(
        "RGB", (width, height), color or (number * 37 % 256, number * 91 % 256, number * 53 % 256)
    ).convert(mode)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def animation(frames: int = 3, *, width: int = 400, height: int = 300) -> bytes:
    """An animated GIF that runs for ever, 50 ms a frame."""
    number = next(_numbers)
    pictures = [
        Image.new("RGB", (width, height), (step * 37 % 256, step * 91 % 256, number % 256)) for step in range(frames)
    ]
    file = io.BytesIO()
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=50, loop=0)
    return file.getvalue()


def flicker(frames: int) -> bytes:
    """A GIF of so many frames of a single pixel, black and white in turns."""
    control, place = b"\x21\xf9\x04\x04\x05\x00\x00\x00", b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00"
    black, white = (control + place + b"\x02\x02" + code + b"\x01\x00" for code in (b"\x44", b"\x4c"))
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    return head + b"".join(white if number % 2 else black for number in range(frames)) + b"\x3b"


def bomb(width: int = 20_000, height: int = 20_000) -> bytes:
    """A PNG of a few kilobytes that says it is this large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 5_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


async def send(
    client: httpx.AsyncClient, content: bytes, headers: dict[str, str], *, name: str = "photo.jpg", kind: str = ""
) -> httpx.Response:
    """POST /admin/uploads."""
    return await client.post(UPLOADS, files={"file": (name, content, kind or "image/jpeg")}, headers=headers)


async def uploaded(client: httpx.AsyncClient, headers: dict[str, str], content: bytes | None = None) -> dict[str, Any]:
    """The answer of an upload that worked."""
    answer = await send(client, content or picture(), headers)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def stored_files() -> list[Path]:
    """Every file below the folder of uploads, half-written ones too."""
    folder = settings().server.state_dir / "media" / "uploads"
    return sorted(path for path in folder.rglob("*") if path.is_file())
