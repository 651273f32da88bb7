"""Tell every worker that something changed which public reads show, so that no public answer outlives the change.

A worker forgets its own answers at once and tells the others through Redis. Nothing depends on the message: with Redis
away, or a message lost, an answer still ends at the cache's time limit.
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
    """Call it in, or after, the transaction of every change that public reads show: products, categories, banners,
    promotions, notices. Takes effect after the commit, and not at all where that one rolls back. Cheap; any number of
    calls are one message. With the names of reads, what their keys begin with, only those are forgotten: for changes
    that no other read, nor anything that answers are made of, depends on.
    """
    after_commit(partial(_announce, f"{READS}:{','.join(sorted(reads))}" if reads else ""))


def part_changed(name: str, detail: str) -> None:
    """As `shown_changed`, for a change of which `register_part` says what it makes untrue."""
    after_commit(partial(_announce, f"{name}:{detail}"))


def register_part(name: str, forget: Forget) -> None:
    """Say what a worker forgets at `part_changed` of this name, given its detail. Registering again replaces."""
    _forgetters[name] = forget


def _announce(part: str) -> None:
    _forget(part)
    _announcer.say(f"{process_name()} {part}".rstrip())


def _forget(part: str) -> None:
    """All where the part is empty or unknown: another release may have said it."""
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
    """Hears of changes that other workers made. One per worker."""

    def __init__(self, worker: str = "") -> None:
        # What was said while nobody listened is lost: begin with nothing.
        super().__init__(CHANNEL, on_word=self._forget, on_connect=public_cache.invalidate_all)
        self._worker = worker

    def _forget(self, word: str) -> None:
        teller, _, part = word.partition(" ")
        if teller != (self._worker or process_name()):
            _forget(part)

    async def stop(self) -> None:
        """End, and send what is still to be said."""
        await super().stop()
        await _announcer.finish()
