"""A worker whose parent is gone stops by itself: SIGKILL of the gunicorn master leaves its workers serving."""

import asyncio
import os
from collections.abc import Callable

INTERVAL_SECONDS = 1.0


async def watch_parent(parent_pid: int, stop: Callable[[], None]) -> None:
    """Call `stop` once, at most a second after this process is no longer a child of `parent_pid`, and return.

    The pid comes from whoever forked: asking for the parent here would miss one that died before the first look.
    """
    while os.getppid() == parent_pid:  # noqa: ASYNC110 - nobody sets an event when a parent dies
        await asyncio.sleep(INTERVAL_SECONDS)
    stop()
