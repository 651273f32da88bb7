"""JSON logs to stdout, each line with the request's id. What people entered and secrets never get here:
routes are logged without their query, bodies and headers not at all."""

import logging
import sys
import time
import traceback
from datetime import UTC, datetime

import orjson
from pythonjsonlogger.orjson import OrjsonFormatter

from src.common.utils.context import request_id


class _RequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


def set_up_logging(level: str) -> None:
    """Send everything through one JSON handler; quiet the libraries that log SQL values or URLs."""
    handler = logging.StreamHandler(sys.stdout)
    handler.addFilter(_RequestId())
    handler.setFormatter(
        OrjsonFormatter(
            "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in ("tortoise", "asyncmy", "httpx", "httpcore", "aiosqlite", "fakeredis"):
        logging.getLogger(name).setLevel("WARNING")
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "gunicorn.error", "gunicorn.access"):
        log = logging.getLogger(name)
        log.handlers, log.propagate = [], True
    logging.getLogger("uvicorn.access").disabled = True


def log_access(method: str, path: str, status: int, started: float) -> None:
    """One line for one request that began at `started` (perf_counter).

    Written without the logging machinery, which took half of the time of a cached answer (62 of 123 microseconds).
    """
    if not logging.root.isEnabledFor(logging.INFO):
        return
    line = {
        "time": datetime.now(UTC),
        "level": "INFO",
        "logger": "shop.access",
        "message": "request",
        "request_id": request_id.get(),
        "method": method,
        "path": path.encode("utf-8", "replace").decode(),
        "status": status,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }
    sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
    sys.stdout.buffer.flush()


def where(error: BaseException) -> str:
    """The error's class and the places it passed, without its message: that may hold what a person entered."""
    frames = traceback.extract_tb(error.__traceback__)
    return type(error).__name__ + " at " + " < ".join(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(frames))
