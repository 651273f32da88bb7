"""Writes that the database did not take because it was away: kept by this process and written when it is back.

Each says how work ended, or gives up what was taken for it, and changes only rows that are still this process's: without
it they would wait for the end of their lease. A process that is killed loses them, and the leases end.
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
    """Run what may run again and return what it returns. Where the database is away it is kept, and the error raised.

    In an open transaction it is one more statement of that: kept with it, or gone with it.
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
    """Write what was kept, in its order; returns how much. The first that fails again ends it, and stays the first."""
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
