"""Destinations of log lines: stdout, and rotating files where LOG_DIR is set. A line that cannot be written is counted
and lost. It never breaks or delays the logged operation, and the next line is tried again.

Each process has its own file (``web-0.log``, the lowest free number), so no two rotate the same one. Warnings and
errors of all processes are also in ``error.log``.
"""

import fcntl
import logging
import os
import sys
from io import FileIO
from logging.handlers import RotatingFileHandler, WatchedFileHandler
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


class LogFile(RotatingFileHandler):
    """The file of this process. Past `max_bytes` it becomes ``.1``, the one before ``.2``, up to `keep` older ones.

    Opening, renaming and closing are the base class's. Three things differ from it. `write` takes a finished line,
    because access lines are not log records, which would double their cost. The stream is unbuffered: a line is one
    write() call, and a buffer would keep what a full disk refused and fail again with every later line. The size is
    counted here: the base class formats the record once more and makes four system calls a line to know it.
    """

    stream: Any  # binary and unbuffered, unlike the base class's

    def __init__(self, folder: Path, role: str, *, max_bytes: int, keep: int) -> None:
        self.folder = folder
        self._size, self._is_torn = 0, False
        self._turn, self.path = self._take(role)
        try:
            super().__init__(self.path, maxBytes=max_bytes, backupCount=keep)
        except OSError:
            os.close(self._turn)
            raise

    def write(self, line: bytes) -> None:
        """Append one line, rotating before it where it would not fit. Raises OSError where it cannot be written whole;
        what follows a torn line begins a new one."""
        if self.stream is None:  # the last rotation could not open a new file
            self.stream = self._open()
        if self._size + len(line) > self.maxBytes and self._size:
            self.doRollover()
        whole = b"\n" + line if self._is_torn else line
        written = self.stream.write(whole)
        self._size += written
        self._is_torn = written < len(whole)
        if self._is_torn:
            raise OSError("the disk is full: a line is cut short")

    def close(self) -> None:
        """Leave the file to the next process. A second call does nothing."""
        super().close()
        if self._turn >= 0:
            os.close(self._turn)
        self._turn = -1

    def free_bytes(self) -> int:
        """Free bytes on the file's volume."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def _take(self, role: str) -> tuple[int, Path]:
        """Locks lie on files of their own: the log's is renamed when it is full."""
        for number in range(MOST_PROCESSES):
            lock = _lock_file(self.folder / f".{role}-{number}.lock")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
                continue
            return lock, self.folder / f"{role}-{number}.log"
        raise OSError(f"{MOST_PROCESSES} processes log into {self.folder}")

    def _open(self) -> Any:
        stream = FileIO(self.baseFilename, "a+", opener=lambda path, flags: os.open(path, flags, 0o640))
        self._size = os.fstat(stream.fileno()).st_size
        # A predecessor may have died in the middle of a line.
        self._is_torn = bool(self._size) and os.pread(stream.fileno(), 1, self._size - 1) != b"\n"
        return stream


class SharedLogFile(LogFile, WatchedFileHandler):
    """``error.log``, which every process appends to. Whoever finds it full renames it under a lock; the others notice
    at their next line that it is another file now. Errors are few, so a few more system calls a line cost nothing."""

    def __init__(self, folder: Path, *, max_bytes: int, keep: int) -> None:
        super().__init__(folder, "error", max_bytes=max_bytes, keep=keep)

    def write(self, line: bytes) -> None:
        """See `LogFile.write`. A line is appended by one call, so lines of two processes never mix."""
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        try:
            self.reopenIfNeeded()
            if self.stream is not None:
                self._size = os.fstat(self.stream.fileno()).st_size
            super().write(line)
        finally:
            fcntl.flock(self._turn, fcntl.LOCK_UN)

    def _take(self, _role: str) -> tuple[int, Path]:
        return _lock_file(self.folder / ".error.lock"), self.folder / "error.log"

    def _open(self) -> Any:
        self.stream = super()._open()
        self._statstream()  # after a rotation too, where the base class leaves the number of the renamed file
        return self.stream


def _lock_file(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


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
            except (OSError, ValueError, AttributeError):  # the last two: closed by a rotation in another thread
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
