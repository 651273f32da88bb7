"""Wake this worker's runner, so that fresh work does not wait for the next look at the tables.

A hint inside one process: when it is lost, the runner finds the work at its next look.
"""

import asyncio
from collections import defaultdict

from src.core.database import after_commit

_bells: dict[str, asyncio.Event] = defaultdict(asyncio.Event)


def wake(job: str) -> None:
    """Tell that there may be work for `job`."""
    after_commit(_bells[job].set)


async def wait(job: str, seconds: float) -> None:
    """Wait until `job` is woken, `seconds` at most."""
    bell = _bells[job]
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return
    finally:
        bell.clear()


def reset() -> None:
    """Forget all bells: they belong to the event loop that made them."""
    _bells.clear()
