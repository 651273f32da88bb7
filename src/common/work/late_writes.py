"""Writes that failed because the database was unavailable: this process keeps them and writes them when it is back.

Each write ends or releases a piece of work, and changes only rows whose lease this process still holds; without it the
rows would wait until their lease expires, as they do if the process is killed.
"""

import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final

from tortoise.exceptions import OperationalError

from src.core.database import in_unit_of_work, single_statement
from src.core.database.errors import DatabaseBusy, OutcomeUnknown

logger = logging.getLogger(__name__)

MOST: Final = 1000

Write = Callable[[], Awaitable[Any]]

_waiting: deque[Write] = deque(maxlen=MOST)


async def write_or_keep(write: Write) -> Any:
    """Run a repeatable write and return its result. If the database is unavailable, keep the write and raise the error.

    In an open transaction the write is part of that transaction and is never kept.
    """
    if in_unit_of_work():
        return await write()
    try:
        return await single_statement(write, is_harmless=True)
    except OutcomeUnknown:
        raise
    except (OperationalError, DatabaseBusy, OSError):
        _waiting.append(write)
        raise


async def write_what_waits() -> int:
    """Write the kept writes in order and return their number. The first failure stops the pass and stays first."""
    done = 0
    while _waiting:
        write = _waiting.popleft()
        try:
            await single_statement(write, is_harmless=True)
        except (OperationalError, DatabaseBusy, OSError):
            _waiting.appendleft(write)
            raise
        done += 1
    if done:
        logger.info("the database is back: %d ends of work were written", done)
    return done
