"""Tell every worker that something changed which public reads show, so that no public answer outlives the change.

A worker forgets its own answers at once and tells the others through Redis. Nothing depends on the message: with Redis
away, or a message lost, an answer still ends at the cache's time limit.
"""

import asyncio
import contextlib
import logging
import os
import random
import secrets
from functools import cache
from typing import Any, Final

from src.common.utils import bytes_cache
from src.core.database import after_commit
from src.core.redis import RedisError, redis

logger = logging.getLogger(__name__)

CHANNEL: Final = "public:changed"
GATHER_SECONDS: Final = 0.05  # a bulk change is one message, not ten thousand
LISTEN_SECONDS: Final = 1.0
LONGEST_PAUSE: Final = 10.0

_publishing: set[asyncio.Task[None]] = set()
_waiting: asyncio.Task[None] | None = None


def worker_name() -> str:
    """This process, for as long as it runs. The workers are forked from one that imported this module already."""
    return _name_of(os.getpid())


@cache
def _name_of(pid: int) -> str:
    return f"{pid}-{secrets.token_hex(8)}"


def shown_changed() -> None:
    """Call it in, or after, the transaction of every change that public reads show: products, categories, banners,
    promotions, notices. Takes effect after the commit, and not at all where that one rolls back. Cheap; any number of
    calls are one message.
    """
    after_commit(_announce)


def _announce() -> None:
    global _waiting  # noqa: PLW0603 - the one message that is about to go
    bytes_cache.invalidate_all()
    if _waiting is None or _waiting.done():
        _waiting = asyncio.create_task(_publish())
        _publishing.add(_waiting)
        _waiting.add_done_callback(_publishing.discard)


async def _publish() -> None:
    global _waiting  # noqa: PLW0603 - see _announce
    await asyncio.sleep(GATHER_SECONDS)
    _waiting = None  # from here on a further change needs a further message
    try:
        await redis().publish(CHANNEL, worker_name())
    except (RedisError, OSError, RuntimeError) as error:
        logger.warning("other workers learn of the change by their time limit: %s", type(error).__name__)


class Listener:
    """Hears of changes that other workers made. One per worker; connects again for as long as it runs."""

    def __init__(self, worker: str = "") -> None:
        self._worker = worker
        self._task: asyncio.Task[None] | None = None
        self.is_listening = asyncio.Event()

    async def start(self) -> None:
        """Begin to listen. Does not wait for Redis."""
        self._worker = self._worker or worker_name()
        self._task = asyncio.create_task(self._run(), name="public-changes")

    async def stop(self) -> None:
        """End, and send what is still to be said."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if _publishing:
            await asyncio.wait(set(_publishing), timeout=1)

    async def _run(self) -> None:
        pause = 0.5
        while True:
            try:
                async with redis().pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    # What was said while nobody listened is lost: begin with nothing.
                    bytes_cache.invalidate_all()
                    self.is_listening.set()
                    pause = 0.5
                    await self._hear(channel)
            except Exception as error:  # noqa: BLE001 - whatever it was: a worker that ended here would never hear again
                self.is_listening.clear()
                logger.info("no news of public changes: %s; again in %.1f s", type(error).__name__, pause)
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - spreads the workers, keeps no secret
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _hear(self, channel: Any) -> None:
        while True:
            message = await channel.get_message(ignore_subscribe_messages=True, timeout=LISTEN_SECONDS)
            if message is not None and message["data"] != self._worker:
                bytes_cache.invalidate_all()
