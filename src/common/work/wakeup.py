"""Wake the loops that look for work, so that new work does not wait for the next poll of the tables.

An event wakes the loops of this process; if background work runs in other processes, a Redis message wakes theirs too.
If a wake-up is lost, the next poll finds the work.
"""

import asyncio
from collections import defaultdict
from typing import Final

from src.core.database import after_commit
from src.core.redis.pubsub import Announcer, Hearer

CHANNEL: Final = "shop:wake"
GATHER_SECONDS: Final = 0.02

_bells: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
_announcer: Announcer | None = None


def wake(job: str) -> None:
    """Wake the loops of `job` once the open transaction is committed."""
    after_commit(lambda: _ring(job))


def _ring(job: str) -> None:
    _bells[job].set()
    if _announcer is not None:
        _announcer.say(job)


async def wait(job: str, seconds: float, *, at_least: float = 0.0) -> None:
    """Wait until `job` is woken, `seconds` at most, but `at_least` so many: what is announced within them is one
    waking."""
    bell = _bells[job]
    try:
        if at_least > 0:
            await asyncio.sleep(at_least)
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return
    finally:
        bell.clear()


def tell_others() -> None:
    """From now on, `wake` also wakes the processes that do background work."""
    global _announcer  # noqa: PLW0603 - the one place that keeps it
    _announcer = Announcer(CHANNEL, gather=GATHER_SECONDS)


def hear_others() -> Hearer:
    """Return the subscriber through which other processes wake this one. The caller must start and stop it."""
    return Hearer(CHANNEL, on_word=_heard, on_connect=_ring_all)


def _heard(job: str) -> None:
    if job in _bells:  # a loop of this process waits for it
        _bells[job].set()


def _ring_all() -> None:
    """Wake every loop once after a connect: earlier messages may be lost."""
    for bell in _bells.values():
        bell.set()


async def finish() -> None:
    """Send the remaining messages."""
    if _announcer is not None:
        await _announcer.finish()


def reset() -> None:
    """Remove all events: they belong to the event loop that made them."""
    global _announcer  # noqa: PLW0603 - see tell_others
    _announcer = None
    _bells.clear()
