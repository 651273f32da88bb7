"""Wake whoever looks for work, so that what is fresh does not wait for the next look at the tables.

In this process by a bell; where background work is done apart, also in the others, through Redis. A hint: when it is
lost, the work is found at the next look.
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
    """Tell that there may be work for `job`, once the open transaction is committed."""
    after_commit(lambda: _ring(job))


def _ring(job: str) -> None:
    _bells[job].set()
    if _announcer is not None:
        _announcer.say(job)


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


def tell_others() -> None:
    """From here on wake the processes that do the background work, too."""
    global _announcer  # noqa: PLW0603 - the one place that keeps it
    _announcer = Announcer(CHANNEL, gather=GATHER_SECONDS)


def hear_others() -> Hearer:
    """What other processes found wakes this one. Start it, and stop it at the end."""
    return Hearer(CHANNEL, on_word=_heard, on_connect=_ring_all)


def _heard(job: str) -> None:
    if job in _bells:  # somebody here waits for it
        _bells[job].set()


def _ring_all() -> None:
    """What was said before is not known: everybody looks once."""
    for bell in _bells.values():
        bell.set()


async def finish() -> None:
    """Let what was still to be said go out."""
    if _announcer is not None:
        await _announcer.finish()


def reset() -> None:
    """Forget all bells: they belong to the event loop that made them."""
    global _announcer  # noqa: PLW0603 - see tell_others
    _announcer = None
    _bells.clear()
