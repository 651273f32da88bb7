"""Destinations of log lines: stdout, and rotating files where LOG_DIR is set. A line that cannot be written is counted
and lost. It never breaks or delays the logged operation, and the next line is tried again.

Each process has its own file (``web-0.log``, the lowest free number), so no two rotate the same one. Warnings and
errors of all processes are also in ``error.log``.
"""

import fcntl
import logging
import os
import sys
from pathlib import Path
from typing import Any, Final

from src.core.observing.metrics import LOG_DISK_FREE, LOG_LINES_LOST
from src.core.observing.process_metrics import at_each_beat

logger = logging.getLogger(__name__)

MOST_PROCESSES: Final = 128

_lost_stdout: Final = LOG_LINES_LOST.of("stdout")
_lost_file: Final = LOG_LINES_LOST.of("file")
_is_torn = False
_file: "LogFile | None" = None
_errors: "SharedLogFile | None" = None


class LogFile:
    """The file of this process. Past `max_bytes` it becomes ``.1``, the one before ``.2``, up to `keep` older ones."""

    def __init__(self, folder: Path, role: str, *, max_bytes: int, keep: int) -> None:
        self.folder = folder
        self._max_bytes, self._keep = max_bytes, keep
        self._lock, self.path = self._take(role)
        self._begin()

    def _begin(self) -> None:
        self._handle = -1
        self._size = 0
        self._is_torn = False
        try:
            self._open()
        except OSError:
            os.close(self._lock)
            raise

    def write(self, line: bytes) -> None:
        """Append one line, rotating before it where it would not fit. Raises OSError where it cannot be written whole;
        what follows a torn line begins a new one."""
        if self._size + len(line) > self._max_bytes and self._size:
            self._rotate()
        whole = b"\n" + line if self._is_torn else line
        written = os.write(self._handle, whole)
        self._size += written
        self._is_torn = written < len(whole)
        if self._is_torn:
            raise OSError("the disk is full: a line is cut short")

    def close(self) -> None:
        """Leave the file to the next process."""
        for handle in (self._handle, self._lock):
            if handle >= 0:
                os.close(handle)
        self._handle = self._lock = -1

    def free_bytes(self) -> int:
        """Free bytes on the file's volume."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def _take(self, role: str) -> tuple[int, Path]:
        """Locks lie on files of their own: the log's is renamed when it is full."""
        for number in range(MOST_PROCESSES):
            lock = os.open(self.folder / f".{role}-{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
                continue
            return lock, self.folder / f"{role}-{number}.log"
        raise OSError(f"{MOST_PROCESSES} processes log into {self.folder}")

    def _open(self) -> None:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o640)
        self._size = os.fstat(handle).st_size
        # A predecessor may have died in the middle of a line.
        self._is_torn = bool(self._size) and os.pread(handle, 1, self._size - 1) != b"\n"
        if self._handle >= 0:
            os.close(self._handle)
        self._handle = handle

    def _rotate(self) -> None:
        """Rename first, so that nothing is lost where a new file cannot be made: the old one goes on then."""
        for number in range(self._keep - 1, 0, -1):
            older = self._numbered(number)
            if older.exists():
                older.replace(self._numbered(number + 1))
        self.path.replace(self._numbered(1))
        try:
            self._open()
        except OSError:
            self._numbered(1).replace(self.path)
            raise

    def _numbered(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")


class SharedLogFile(LogFile):
    """``error.log``, which every process appends to. Whoever finds it full renames it under a lock; the others notice
    at their next line that it is another file now. Errors are few, so two more system calls a line cost nothing."""

    def __init__(self, folder: Path, *, max_bytes: int, keep: int) -> None:
        self.folder = folder
        self._max_bytes, self._keep = max_bytes, keep
        self.path = folder / "error.log"
        self._lock = os.open(folder / ".error.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._begin()

    def write(self, line: bytes) -> None:
        """See `LogFile.write`. A line is appended by one call, so lines of two processes never mix."""
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        try:
            if self._is_another():
                self._open()
            self._size = os.fstat(self._handle).st_size
            super().write(line)
        finally:
            fcntl.flock(self._lock, fcntl.LOCK_UN)

    def _is_another(self) -> bool:
        try:
            return self.path.stat().st_ino != os.fstat(self._handle).st_ino
        except FileNotFoundError:
            return True


def write_line(line: bytes, *, is_error: bool = False) -> None:
    """Send one finished line everywhere; to ``error.log`` only with `is_error`. Never raises."""
    global _is_torn  # noqa: PLW0603 - stdout is the process's
    whole = b"\n" + line if _is_torn else line
    try:
        # Below the buffer, which would keep what could not be written and fail again with every later line.
        out: Any = sys.stdout.buffer
        written = getattr(out, "raw", out).write(whole)
        _is_torn = 0 < written < len(whole)
        if written != len(whole):
            _lost_stdout.add()
    except (OSError, ValueError, AttributeError, TypeError):  # full, closed, or none at all
        _lost_stdout.add()
    for file in (_file, _errors if is_error else None):
        if file is not None:
            try:
                file.write(line)
            except OSError:
                _lost_file.add()


def open_file(folder: Path, role: str, *, max_bytes: int, keep: int) -> None:
    """Write files beside stdout from now on. Where that cannot be, say so once and go on without."""
    global _file, _errors  # noqa: PLW0603 - the one place that keeps them
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _file = LogFile(folder, role, max_bytes=max_bytes, keep=keep)
        _errors = SharedLogFile(folder, max_bytes=max_bytes, keep=keep)
    except OSError as error:
        _lost_file.add()
        logger.error("no log files: %s: %s", folder, error.strerror or error)


def close_file() -> None:
    """Stdout alone again."""
    global _file, _errors  # noqa: PLW0603 - see open_file
    for file in (_file, _errors):
        if file is not None:
            file.close()
    _file = _errors = None


@at_each_beat
def _look_at_disk() -> None:
    LOG_DISK_FREE.of().set(-1 if _file is None else _file.free_bytes())


class LineHandler(logging.Handler):
    """The logging module's way to `write_line`."""

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler`. A record that cannot be formatted is told on stderr, as everywhere in logging."""
        try:
            line = self.format(record)
        except Exception:  # noqa: BLE001 - logging's own rule: a broken record must not break who logs
            self.handleError(record)
        else:
            write_line(line.encode("utf-8", "replace") + b"\n", is_error=record.levelno >= logging.WARNING)
