"""Invalidate public responses in all workers after a change to data that they show.

A worker clears its own cache at once and notifies the others through Redis. Nothing depends on the message: without it
a response still ends at the cache's time limit.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from src.common.http import public_cache
from src.core.database import after_commit
from src.core.redis.pubsub import Announcer, Hearer, process_name

CHANNEL: Final = "public:changed"

_announcer: Final = Announcer(CHANNEL, gather=0.05)  # a bulk change is one message, not ten thousand


Forget = Callable[[str], None]
READS: Final = "reads"


def shown_changed(*reads: str) -> None:
    """Invalidate public reads after a change to products, categories, banners, promotions or notices.

    Call it in, or after, the transaction of the change. It takes effect after the commit; a rollback discards it. It is
    cheap, and any number of calls make one message. With names of reads (the prefix of their keys) only those are
    removed: for changes on which no other read or cached part depends.
    """
    after_commit(partial(_announce, f"{READS}:{','.join(sorted(reads))}" if reads else ""))


def part_changed(name: str, detail: str) -> None:
    """Like `shown_changed`, for a change whose affected responses `register_part` defines."""
    after_commit(partial(_announce, f"{name}:{detail}"))


def register_part(name: str, forget: Forget) -> None:
    """Set the function that `part_changed` of this name calls with its detail to clear the cache. A later registration
    replaces an earlier one.
    """
    _forgetters[name] = forget


def _announce(part: str) -> None:
    _forget(part)
    _announcer.say(f"{process_name()} {part}".rstrip())


def _forget(part: str) -> None:
    """Clear the cache of this part; all caches if it is empty, or unknown because another release sent it."""
    name, _, detail = part.partition(":")
    if name in _forgetters:
        _forgetters[name](detail)
    else:
        public_cache.invalidate_all()


def _forget_reads(names: str) -> None:
    wanted = set(names.split(","))
    public_cache.forget_answers(lambda key, _: isinstance(key, tuple) and key[0] in wanted)


_forgetters: Final[dict[str, Forget]] = {READS: _forget_reads}


class Listener(Hearer):
    """Subscriber to changes made by other workers. One per worker."""

    def __init__(self, worker: str = "") -> None:
        # Messages from before the subscription are lost, so clear everything at each connect.
        super().__init__(CHANNEL, on_word=self._forget, on_connect=public_cache.invalidate_all)
        self._worker = worker

    def _forget(self, word: str) -> None:
        teller, _, part = word.partition(" ")
        if teller != (self._worker or process_name()):
            _forget(part)

    async def stop(self) -> None:
        """Stop, and send the remaining messages."""
        await super().stop()
        await _announcer.finish()
