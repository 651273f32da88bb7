"""Messages to the other processes of the shop through Redis pub/sub. They are hints: nothing may depend on them."""

import asyncio
import contextlib
import logging
import os
import random
import secrets
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from src.core.redis import RedisError, redis

logger = logging.getLogger(__name__)

LISTEN_SECONDS: Final = 1.0
LONGEST_PAUSE: Final = 10.0


def process_name() -> str:
    """Return the name of this process. It is made at the first call, because workers fork after this module is
    imported.
    """
    return _name_of(os.getpid())


@cache
def _name_of(pid: int) -> str:
    return f"{pid}-{secrets.token_hex(8)}"


class Announcer:
    """Publisher of words on a channel. Words within `gather` seconds are sent together, each once."""

    def __init__(self, channel: str, *, gather: float) -> None:
        self._channel = channel
        self._gather = gather
        self._words: set[str] = set()
        self._sending: set[asyncio.Task[None]] = set()

    def say(self, word: str) -> None:
        """Publish `word` soon. It is cheap and may be called often; it must be called in the event loop."""
        if not self._words:
            task = asyncio.create_task(self._send())
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        self._words.add(word)

    async def finish(self, seconds: float = 1.0) -> None:
        """Send the remaining words, within `seconds` at most."""
        if self._sending:
            await asyncio.wait(set(self._sending), timeout=seconds)

    async def _send(self) -> None:
        await asyncio.sleep(self._gather)
        words, self._words = self._words, set()  # later words need a further message
        for word in sorted(words):
            try:
                await redis().publish(self._channel, word)
            except (RedisError, OSError, RuntimeError) as error:
                logger.warning("%s: other processes were not told: %s", self._channel, type(error).__name__)
                return


class Hearer:
    """Subscriber of a channel, in its own task. It reconnects for as long as it runs.

    `on_connect` is called at every connection: messages sent without a connection are lost.
    """

    def __init__(self, channel: str, *, on_word: Callable[[str], None], on_connect: Callable[[], None]) -> None:
        self._channel = channel
        self._on_word = on_word
        self._on_connect = on_connect
        self._task: asyncio.Task[None] | None = None
        self.is_listening = asyncio.Event()

    async def start(self) -> None:
        """Start the task. It does not wait for Redis."""
        self._task = asyncio.create_task(self._run(), name=self._channel)

    async def stop(self) -> None:
        """Stop the task."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        pause = 0.5
        while True:
            try:
                async with redis().pubsub() as channel:
                    await channel.subscribe(self._channel)
                    self._on_connect()
                    self.is_listening.set()
                    pause = 0.5
                    await self._hear(channel)
            except Exception as error:  # noqa: BLE001 - a process that ended here would never listen again
                self.is_listening.clear()
                logger.info("%s: not listening: %s; again in %.1f s", self._channel, type(error).__name__, pause)
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - spreads the processes, is no secret
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _hear(self, channel: Any) -> None:
        while True:
            message = await channel.get_message(ignore_subscribe_messages=True, timeout=LISTEN_SECONDS)
            if message is not None:
                self._on_word(str(message["data"]))
