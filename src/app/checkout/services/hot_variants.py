"""Orders for the same variant take turns inside a process, and what has just run short is remembered.

In a rush every order wants one row. Without turns each waiting order would hold a pooled connection, until none is left
for anybody, and the worker would spend its time on orders that come too late. Nothing here decides anything: the hold
in the transaction does (docs/promises.md#p1).
"""

import asyncio
import time
from collections.abc import Iterable
from typing import Final

from src.core.configs import settings
from src.core.database.errors import DatabaseBusy

SHORT_SECONDS: Final = 10.0
MOST_NOTED: Final = 1000


class _Variant(asyncio.Semaphore):
    """The turns of one variant, in the order of arrival. `users` have one or wait for one."""

    users = 0


_variants: dict[int, _Variant] = {}
_short: dict[int, float] = {}


def at_once() -> int:
    """Return how many orders for one variant a process works at once: 3/5 of DB_POOL_SIZE, so 12 of 20 connections.

    One holds the row, the others write what comes before or commit; the rest of the pool is for everybody else.
    """
    return max(1, settings().database.pool_size * 3 // 5)


class Turn:
    """A turn of each variant of one order. Call `release` in any case; it may be called more than once."""

    def __init__(self) -> None:
        self._held: list[tuple[int, _Variant]] = []

    async def take(self, variant_ids: Iterable[int]) -> None:
        """Wait for a turn of each of these variants; do nothing if this order has its turns.

        Call it before the unit of work, never inside. Turns are taken in id order, so two orders of the same pair
        cannot block each other. Raises DatabaseBusy after DB_POOL_WAIT_SECONDS, the limit on the wait for a connection.
        """
        if self._held:
            return
        try:
            async with asyncio.timeout(settings().database.pool_wait_seconds):
                for variant_id in sorted(set(variant_ids)):
                    await self._take(variant_id)
        except TimeoutError:
            raise DatabaseBusy from None

    async def _take(self, variant_id: int) -> None:
        if (variant := _variants.get(variant_id)) is None:
            variant = _variants[variant_id] = _Variant(at_once())
        variant.users += 1
        try:
            await variant.acquire()
        except BaseException:
            _leave(variant_id, variant)
            raise
        self._held.append((variant_id, variant))

    def release(self) -> None:
        """Give the turns to the next orders."""
        while self._held:
            variant_id, variant = self._held.pop()
            variant.release()
            _leave(variant_id, variant)


def _leave(variant_id: int, variant: _Variant) -> None:
    variant.users -= 1
    if not variant.users:
        del _variants[variant_id]


def note_short(variant_id: int) -> None:
    """Remember for SHORT_SECONDS (10) that too few units of this variant were left. At most MOST_NOTED (1,000) are
    remembered; the oldest go first."""
    _short.pop(variant_id, None)
    _short[variant_id] = time.monotonic() + SHORT_SECONDS
    while len(_short) > MOST_NOTED:
        del _short[next(iter(_short))]


def ran_short(variant_ids: Iterable[int] | None) -> bool:
    """Return whether one of these variants ran short a moment ago; None asks whether any did."""
    now = time.monotonic()
    while _short and next(iter(_short.values())) <= now:  # in the order of their end
        del _short[next(iter(_short))]
    return bool(_short) if variant_ids is None else any(one in _short for one in variant_ids)
