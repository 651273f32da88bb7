"""Work that goes on after the answer: what an answer must not wait for, and what its time must not tell."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, Final

from src.common.logs.setup import where
from src.core.observing.metrics import BACKGROUND
from src.core.observing.process_metrics import at_each_beat

logger = logging.getLogger(__name__)

FINISH_SECONDS: Final = 15.0

_running: set[asyncio.Task[None]] = set()


def later(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` in a task of its own, once. A failure is logged by class and place, never by its message."""
    task = asyncio.create_task(_logged(work))
    _running.add(task)
    task.add_done_callback(_running.discard)


@at_each_beat
def _show_level() -> None:
    BACKGROUND.of().set(len(_running))


async def finish(seconds: float = FINISH_SECONDS) -> None:
    """Wait until nothing is under way, at most `seconds`; what is left then is dropped."""
    if not _running:
        return
    _, left = await asyncio.wait(set(_running), timeout=seconds)
    for task in left:
        task.cancel()
    if left:
        logger.warning("%d messages were still under way and are lost", len(left))
        await asyncio.wait(left)


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - nobody waits for it: this line is where it is told
        logger.error("work after an answer failed: %s", where(error))
