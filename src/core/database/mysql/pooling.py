"""Time limits of an asyncmy pool: for a connection, for a handshake, and for the answer to a statement.

asyncmy itself limits only the TCP connect. Its `read_timeout` starts a task for every read; here one check per second
of all connections in use does the same, at no extra cost per statement.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from asyncmy.errors import OperationalError

from src.core.database.errors import DatabaseBusy
from src.core.database.tortoise import CONNECT_SECONDS
from src.core.observing.metrics import POOL_CLOSED, POOL_GAVE_UP, POOL_OPENED

logger = logging.getLogger(__name__)


CANNOT_CONNECT: Final = 2003

_opened, _gave_up = POOL_OPENED.of(), POOL_GAVE_UP.of()
_recycled, _hung = POOL_CLOSED.of("recycled"), POOL_CLOSED.of("hung")


async def take(pool: Any, *, within: float) -> Any:
    """Take a connection of the pool. Raises `DatabaseBusy` where none becomes free `within` so many seconds."""
    free = pool._free  # noqa: SLF001 - counted by `freesize`
    # No timer is set where the pool would return at once; the condition is the pool's own.
    if free and not pool.cond.locked() and not free[0]._stream_broken:  # noqa: SLF001
        return await pool.acquire()
    try:
        async with asyncio.timeout(within):
            return await pool.acquire()
    except TimeoutError:
        _gave_up.add()
        raise DatabaseBusy from None


async def answering(opening: Awaitable[Any]) -> Any:
    """Return the opened connection. Raises asyncmy's error 2003 after CONNECT_SECONDS: a server that accepts and stays
    silent would block all callers that wait for the pool.
    """
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            return await opening
    except TimeoutError:
        raise OperationalError(CANNOT_CONNECT, f"no handshake within {CONNECT_SECONDS} s") from None


class Watch:
    """A time limit on the waits in one pool, from `start` to `stop`."""

    def __init__(self, pool: Any, *, read_seconds: float | None) -> None:
        """`read_seconds` without a byte from the server ends a connection; None sets no limit."""
        self._pool = pool
        self._fill: Callable[[bool], Awaitable[None]] = pool.fill_free_pool
        self._read_seconds = read_seconds
        self._since: dict[Any, float] = {}
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to limit and count new connections, and to check connections that wait for an answer."""
        self._pool.fill_free_pool = self._fill_in_time
        if self._read_seconds is not None:
            self._look_again()

    def stop(self) -> None:
        """Stop the checks."""
        if self._next is not None:
            self._next.cancel()

    async def _fill_in_time(self, override_min: bool = False) -> None:
        """Open a connection with a time limit. asyncmy's pool calls it where no healthy connection is free."""
        idle, size = self._too_long_idle(), self._pool.size
        try:
            await answering(self._fill(override_min))
        finally:
            _recycled.add(idle)
        _opened.add(max(0, self._pool.size - size + idle))

    def _too_long_idle(self) -> int:
        now, longest = self._pool._loop.time(), self._pool._recycle  # noqa: SLF001 - the pool's own rule
        return sum(longest > -1 and now - each.last_usage > longest for each in self._pool._free)  # noqa: SLF001

    def _look_again(self) -> None:
        every = min(1.0, (self._read_seconds or 1.0) / 4)
        self._next = asyncio.get_running_loop().call_later(every, self._look)

    def _look(self) -> None:
        """End every connection that has waited for too long in the same read."""
        now = asyncio.get_running_loop().time()
        before, self._since = self._since, {}
        for connection in list(self._pool._used):  # noqa: SLF001 - connections in use
            waiter = connection._proto._read_waiter if connection._proto else None  # noqa: SLF001 - set while a read waits
            if waiter is None:
                continue
            self._since[waiter] = since = before.get(waiter, now)
            if self._read_seconds is not None and now - since >= self._read_seconds:
                logger.error("the database did not answer within %g s", self._read_seconds)
                _hung.add()
                connection._transport.abort()  # noqa: SLF001 - the read fails as lost (2013); no more is sent
        self._look_again()
