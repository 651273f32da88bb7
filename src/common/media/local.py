"""The default store: a folder on this machine, served by `MediaFiles`."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import Final, TypeVar

from src.common.media.signing import signed
from src.common.media.store import PAGE, MediaStoreUnavailable, StoredObject

T = TypeVar("T")

READABLE: Final = 0o644


class LocalFolder:
    """Files below `folder`. Several processes may share it; disk work is done in threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, content: bytes, *, content_type: str) -> None:
        """See ObjectStore. `content_type` is not stored: `MediaFiles` derives it from the file name."""
        await _in_thread(lambda: _write(self._file(key), content))

    async def get(self, key: str) -> bytes | None:
        """See ObjectStore."""
        file = self._file(key)
        return await _in_thread(lambda: file.read_bytes() if file.is_file() else None)

    async def size(self, key: str) -> int | None:
        """See ObjectStore."""
        file = self._file(key)
        return await _in_thread(lambda: file.stat().st_size if file.is_file() else None)

    async def address_to_put(self, key: str, *, content_type: str, size: int, until: datetime) -> str:
        """See ObjectStore. Returns an address of this app; its signature covers all arguments."""
        return signed(key, content_type=content_type, size=size, until=until)

    async def delete(self, keys: Sequence[str]) -> None:
        """See ObjectStore."""
        files = [self._file(key) for key in keys]

        def remove() -> None:
            for file in files:
                file.unlink(missing_ok=True)

        await _in_thread(remove)

    async def pages(self, prefix: str, *, size: int = PAGE) -> AsyncIterator[Sequence[StoredObject]]:
        """See ObjectStore."""
        found = self._walk(prefix)
        while page := await _in_thread(lambda: list(islice(found, size))):
            yield page

    def _file(self, key: str) -> Path:
        """Return the file of a key. Raises ValueError for a key that leads out of the folder."""
        parts = PurePosixPath(key).parts
        if not parts or ".." in parts or key.startswith("/") or "\\" in key or "\0" in key:
            raise ValueError("not a key of the picture store")
        return self._folder.joinpath(*parts)

    def _walk(self, prefix: str) -> Iterator[StoredObject]:
        for folder, _, names in os.walk(self._file(prefix)):
            for name in names:
                file = Path(folder, name)
                try:
                    changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
                except FileNotFoundError:  # renamed or removed since the folder was read
                    continue
                yield StoredObject(file.relative_to(self._folder).as_posix(), changed)


async def _in_thread(work: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(work)
    except OSError as error:
        raise MediaStoreUnavailable from error


def _write(target: Path, content: bytes) -> None:
    """Write under another name, sync to disk, then rename: even a power cut leaves no partly written file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), READABLE)
            os.fsync(file.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
