"""Metrics that are not counted but looked up at a scrape: rows of tables, streams of Redis.

One process reads them, at most every CACHE_SECONDS, and a scrape waits at most LIMIT_SECONDS. A reading is never
cancelled: a cancelled query would leave a broken connection in the pool, and a hanging server would collect one for
each scrape.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

logger = logging.getLogger(__name__)

CACHE_SECONDS: Final = 10.0
LIMIT_SECONDS: Final = 2.0


@dataclass(frozen=True)
class CollectedGauge:
    """A gauge that is read at a scrape."""

    name: str
    text: str
    labels: tuple[str, ...] = ()


Readings = Mapping[CollectedGauge, Mapping[tuple[str, ...], float]]
Look = Callable[[], Awaitable[Readings]]

UP: Final = CollectedGauge(
    "shop_source_up", "1 where the figures of a source could be read in time, else 0.", ("source",)
)


class Source:
    """One source of readings, by its name ("database")."""

    def __init__(
        self,
        name: str,
        look: Look,
        *,
        cache_seconds: float = CACHE_SECONDS,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        self.name = name
        self._look = look
        self._cache_seconds, self._limit_seconds = cache_seconds, limit_seconds
        self._looking: asyncio.Task[Readings | None] | None = None
        self._looked_at = 0.0

    async def readings(self) -> Readings:
        """Return its readings; only ``shop_source_up 0`` where it does not answer. Never raises."""
        now = time.monotonic()
        if self._looking is None or (self._looking.done() and now - self._looked_at >= self._cache_seconds):
            self._looked_at = now
            self._looking = asyncio.create_task(self._looked())
        await asyncio.wait({self._looking}, timeout=self._limit_seconds)
        found = self._looking.result() if self._looking.done() else None
        return {UP: {(self.name,): 0.0 if found is None else 1.0}, **(found or {})}

    async def finish(self) -> None:
        """Wait for a reading in progress."""
        if self._looking is not None:
            await asyncio.wait({self._looking}, timeout=self._limit_seconds)

    async def _looked(self) -> Readings | None:
        try:
            return await self._look()
        except Exception as error:  # noqa: BLE001 - whatever it is, the scrape continues without this part
            logger.warning("figures of %s cannot be read: %s", self.name, type(error).__name__)
            return None


async def all_readings(sources: list[Source]) -> Readings:
    """Return the readings of all sources, read concurrently."""
    merged: dict[CollectedGauge, dict[tuple[str, ...], float]] = {}
    for readings in await asyncio.gather(*(source.readings() for source in sources)):
        for figure, values in readings.items():
            merged.setdefault(figure, {}).update(values)
    return merged
