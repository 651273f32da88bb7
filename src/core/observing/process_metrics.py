"""Gauges that a process sets every few seconds: memory, pools, delay of the event loop."""

import asyncio
import logging
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from src.core.observing.families import MICRO
from src.core.observing.metrics import BEAT_AT, CPU_SECONDS, LOOP_LAG, RESIDENT_BYTES

logger = logging.getLogger(__name__)

EVERY_SECONDS: Final = 5.0
PAGE: Final = resource.getpagesize()

_watched: list[Callable[[], None]] = []


def at_each_beat(look: Callable[[], None]) -> Callable[[], None]:
    """Call `look`, which sets gauges, at each beat. It must be quick. As a decorator this returns the function."""
    _watched.append(look)
    return look


async def beat(*, every: float = EVERY_SECONDS) -> None:
    """Set the gauges until cancelled."""
    while True:
        look()
        due = time.monotonic() + every
        await asyncio.sleep(every)
        LOOP_LAG.of().set(max(0, int((time.monotonic() - due) / MICRO)))


def look() -> None:
    """Set every gauge of this process once."""
    BEAT_AT.of().set(int(time.time()))
    used = resource.getrusage(resource.RUSAGE_SELF)
    CPU_SECONDS.of().set(int((used.ru_utime + used.ru_stime) / MICRO))
    RESIDENT_BYTES.of().set(_resident())
    for one in _watched:
        try:
            one()
        except Exception as error:  # noqa: BLE001 - an unreadable gauge must not stop others
            logger.warning("a gauge cannot be read: %s", type(error).__name__)


def _resident() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
