"""Bounds on a pool of asyncmy: how long to wait for a connection, for a handshake, and for the answer to a statement.

asyncmy itself bounds the TCP connect only. Its `read_timeout` starts a task for every read; here one look a second at
all connections in use does the same, so that a statement costs nothing more.
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
    """A connection of the pool. Raises `DatabaseBusy` where none comes free `within` so many seconds."""
    free = pool._free  # noqa: SLF001 - what `freesize` counts
    # Where the pool would answer without waiting for anything, as it asks that itself, no timer is set.
    if free and not pool.cond.locked() and not free[0]._stream_broken:  # noqa: SLF001
        return await pool.acquire()
    try:
        async with asyncio.timeout(within):
            return await pool.acquire()
    except TimeoutError:
        _gave_up.add()
        raise DatabaseBusy from None


async def answering(opening: Awaitable[Any]) -> Any:
    """What `opening` a connection answers. Raises asyncmy's error 2003 after CONNECT_SECONDS: a server that accepts and
    says nothing would hold everybody up who waits for the pool."""
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            return await opening
    except TimeoutError:
        raise OperationalError(CANNOT_CONNECT, f"no handshake within {CONNECT_SECONDS} s") from None


class Watch:
    """Bounds what goes on in one pool, from `start` to `stop`."""

    def __init__(self, pool: Any, *, read_seconds: float | None) -> None:
        """`read_seconds` without a byte from the server ends a connection; None never does."""
        self._pool = pool
        self._fill: Callable[[bool], Awaitable[None]] = pool.fill_free_pool
        self._read_seconds = read_seconds
        self._since: dict[Any, float] = {}
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Opening connections is bounded and counted from now on, and who waits for an answer is looked at."""
        self._pool.fill_free_pool = self._fill_in_time
        if self._read_seconds is not None:
            self._look_again()

    def stop(self) -> None:
        """Look no more."""
        if self._next is not None:
            self._next.cancel()

    async def _fill_in_time(self, override_min: bool = False) -> None:
        """What asyncmy's pool calls where no healthy connection is free."""
        idle, size = self._too_long_idle(), self._pool.size
        try:
            await answering(self._fill(override_min))
        finally:
            _recycled.add(idle)
        _opened.add(max(0, self._pool.size - size + idle))

    def _too_long_idle(self) -> int:
        now, longest = self._pool._loop.time(), self._pool._recycle  # noqa: SLF001 - as the pool decides it
        return sum(longest > -1 and now - each.last_usage > longest for each in self._pool._free)  # noqa: SLF001

    def _look_again(self) -> None:
        every = min(1.0, (self._read_seconds or 1.0) / 4)
        self._next = asyncio.get_running_loop().call_later(every, self._look)

    def _look(self) -> None:
        """End every connection whose read has waited, the very same one, for too long."""
        now = asyncio.get_running_loop().time()
        before, self._since = self._since, {}
        for connection in list(self._pool._used):  # noqa: SLF001 - what asyncmy has given out
            waiter = connection._proto._read_waiter if connection._proto else None  # noqa: SLF001 - set while a read waits
            if waiter is None:
                continue
            self._since[waiter] = since = before.get(waiter, now)
            if self._read_seconds is not None and now - since >= self._read_seconds:
                logger.error("the database did not answer within %g s", self._read_seconds)
                _hung.add()
                connection._transport.abort()  # noqa: SLF001 - the read ends as lost (2013); nothing more is sent
        self._look_again()
