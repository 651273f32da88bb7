"""Stop a worker whose parent has gone: SIGKILL of the gunicorn master leaves its workers serving."""

import asyncio
import os
from collections.abc import Callable

INTERVAL_SECONDS = 1.0


async def watch_parent(parent_pid: int, stop: Callable[[], None]) -> None:
    """Call `stop` once, at most a second after this process is no longer a child of `parent_pid`, and return.

    The pid must be the forking process's own: asking for the parent here would miss one that died before the first
    check.
    """
    while os.getppid() == parent_pid:  # noqa: ASYNC110 - no event is set when a parent dies
        await asyncio.sleep(INTERVAL_SECONDS)
    stop()
