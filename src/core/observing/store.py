"""Storage of counts: 64-bit integers in shared memory that outlive the process, with one writer each.

Counting is one addition in memory. With a folder (``/dev/shm``) the memory is a file, so the process that serves a
scrape reads the counts of all processes, and a killed process loses none. A process takes the lowest number whose file
is free (``flock``, which ends with its holder in any case) and continues its counts: counters never fall, and there are
never more files than concurrent processes.
"""

import errno
import fcntl
import logging
import mmap
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

logger = logging.getLogger(__name__)

CELLS: Final = 16_384
BYTES: Final = CELLS * 8
MOST_PROCESSES: Final = 128
OPENING: Final = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True)
class Key:
    """The meaning of some cells: the family's name and its label values."""

    family: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The cells of one process at one moment. `is_alive`: its process still runs, so its gauges count too."""

    number: int
    is_alive: bool
    cells: dict[Key, tuple[int, ...]]


class Store:
    """The cells of this process. Without `open` they are private memory, enough for tests and commands."""

    def __init__(self) -> None:
        self._names = -1
        self._forget()

    def _forget(self) -> None:
        self.number = 0
        self._memory = memoryview(mmap.mmap(-1, BYTES)).cast("q")
        self._places: dict[Key, tuple[int, int]] = {}
        self._next = 0
        self._is_full = False

    def open(self, folder: Path, fingerprint: str) -> None:
        """Count into files of `folder` from now on. Raises OSError where they cannot be made; then nothing has changed.

        The space is allocated at once: a full disk is an error here, and never a SIGBUS at a later addition.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.geteuid():  # /dev/shm is shared by all users
            raise PermissionError(errno.EPERM, "it belongs to somebody else")
        with _folder_lock(folder, fcntl.LOCK_EX):
            number, names = _take(folder)
            try:
                places = _kept_places(names, fingerprint)
                values = os.open(folder / f"{number}.values", OPENING, 0o600)
                try:
                    if not places:
                        os.ftruncate(values, 0)
                        os.ftruncate(names, 0)
                        os.write(names, fingerprint.encode())
                    os.write(names, b"\n")  # also after a line cut off by a kill
                    os.posix_fallocate(values, 0, BYTES)
                    memory = memoryview(mmap.mmap(values, BYTES)).cast("q")
                finally:
                    os.close(values)
            except BaseException:
                os.close(names)
                raise
        self.number, self._names, self._memory, self._places = number, names, memory, places
        self._next = max((place + width for place, width in places.values()), default=0)

    def close(self) -> None:
        """Release the number. Later counts are private."""
        if self._names >= 0:
            os.close(self._names)
            self._names = -1
        self._forget()

    def clear(self, families: Collection[str]) -> None:
        """Set the cells of these families, left by an earlier holder of the number, to 0."""
        for key, (place, width) in self._places.items():
            if key.family in families:
                self._memory[place : place + width] = memoryview(bytearray(8 * width)).cast("q")

    def cells(self, key: Key, width: int) -> memoryview:
        """Return the `width` cells of `key`. When all are used: cells that are never read, and one line in the log."""
        found = self._places.get(key)
        if found is None or found[1] != width:
            if self._next + width > CELLS:
                if not self._is_full:
                    self._is_full = True
                    logger.error("no cells are left: %s and what follows is not counted", key.family)
                return memoryview(bytearray(8 * width)).cast("q")
            found = self._places[key] = (self._next, width)
            self._next += width
            self._note(key, *found)
        return self._memory[found[0] : found[0] + found[1]]

    def _note(self, key: Key, place: int, width: int) -> None:
        if self._names < 0:
            return
        line = orjson.dumps([key.family, key.values, place, width]) + b"\n"
        try:
            os.write(self._names, line)
        except OSError as error:
            logger.error("cells of %s have no name: %s", key.family, error.strerror)


def snapshots(folder: Path, fingerprint: str) -> list[Snapshot]:
    """Return every process that counts or counted here, by number. Files of another release are left out."""
    found = []
    with _folder_lock(folder, fcntl.LOCK_SH):
        for path in sorted(folder.glob("*.names"), key=lambda path: int(path.stem)):
            names = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                places = _kept_places(names, fingerprint)
                is_alive = not _lock(names, fcntl.LOCK_SH)
            finally:
                os.close(names)
            raw = path.with_suffix(".values").read_bytes()
            if places and len(raw) == BYTES:
                memory = memoryview(raw).cast("q")
                cells = {key: tuple(memory[at : at + width]) for key, (at, width) in places.items()}
                found.append(Snapshot(number=int(path.stem), is_alive=is_alive, cells=cells))
    return found


def _take(folder: Path) -> tuple[int, int]:
    """Take the lowest free number and its locked file of names. Raises OSError when all are taken."""
    for number in range(MOST_PROCESSES):
        names = os.open(folder / f"{number}.names", OPENING | os.O_APPEND, 0o600)
        if _lock(names, fcntl.LOCK_EX):
            return number, names
        os.close(names)
    raise OSError(f"{MOST_PROCESSES} processes count in {folder}")


def _kept_places(names: int, fingerprint: str) -> dict[Key, tuple[int, int]]:
    """Return the layout of a file's cells, empty where it is new or of another release. A cut-off line is ignored."""
    lines = os.pread(names, 4_000_000, 0).split(b"\n")
    if len(lines) < 2 or lines[0] != fingerprint.encode():
        return {}
    places = {}
    for line in lines[1:]:
        try:
            family, values, place, width = orjson.loads(line)
        except ValueError:
            continue
        places[Key(family, tuple(values))] = (place, width)
    return places


def _lock(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _folder_lock(folder: Path, kind: int) -> Iterator[None]:
    """Exclude taking a number and testing the locks from each other: a test would make a free number seem taken."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)
