"""Build files on request and keep them for a while. If every request read the whole catalogue, any caller could
overload the database. A file's name contains the hash of its bytes, which is its entity tag."""

import asyncio
import hashlib
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

from src.core.configs import settings

KEPT_SECONDS: Final = 600
GONE_SECONDS: Final = 3_600  # an older file is deleted: no response is still sending it
FOLDER: Final = "feeds"

Pieces = Callable[[], AsyncIterator[bytes]]

_making: Final[dict[str, asyncio.Lock]] = {}


async def current(name: str, pieces: Pieces) -> Path:
    """Return the file of this name (for example ``naver.tsv``), at most KEPT_SECONDS old.

    In a worker, simultaneous requests wait for one build. Workers on the same disk share the files. Only one piece of a
    file is in memory at a time.
    """
    found = _newest(name)
    if found is None:
        async with _making.setdefault(name, asyncio.Lock()):
            found = _newest(name) or await _made(name, pieces)
    return found


def etag_of(file: Path) -> str:
    """Return the entity tag of the file, which is the hash of its bytes."""
    return f'"{file.stem.rpartition("-")[2]}"'


def forget() -> None:
    """Delete all files, so that the next request builds them again."""
    for file in _folder().glob("*"):
        file.unlink(missing_ok=True)


async def _made(name: str, pieces: Pieces) -> Path:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.blake2b(digest_size=16)
    handle, path = tempfile.mkstemp(dir=folder, prefix=".")
    try:
        with os.fdopen(handle, "wb") as out:
            async for piece in pieces():
                digest.update(piece)
                out.write(piece)
        stem, _, ending = name.partition(".")
        made = folder / f"{stem}-{digest.hexdigest()}.{ending}"
        os.replace(path, made)  # noqa: PTH105 - atomic, also over an existing file
    except BaseException:
        os.unlink(path)  # noqa: PTH108 - a temporary file on the local disk
        raise
    _sweep(name, but=made)
    return made


def _newest(name: str) -> Path | None:
    fresh = [(age, file) for age, file in _files(name) if age < KEPT_SECONDS]
    return min(fresh)[1] if fresh else None


def _sweep(name: str, *, but: Path) -> None:
    for age, file in _files(name):
        if age > GONE_SECONDS and file != but:
            file.unlink(missing_ok=True)


def _files(name: str) -> list[tuple[float, Path]]:
    stem, _, ending = name.partition(".")
    found = []
    for file in _folder().glob(f"{stem}-*.{ending}"):
        try:
            found.append((time.time() - file.stat().st_mtime, file))
        except FileNotFoundError:  # another worker deleted it
            continue
    return found


def _folder() -> Path:
    return settings().server.state_dir / FOLDER
