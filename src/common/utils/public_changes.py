"""Tell every worker that something changed which public reads show, so that no public answer outlives the change.

A worker forgets its own answers at once and tells the others through Redis. Nothing depends on the message: with Redis
away, or a message lost, an answer still ends at the cache's time limit.
"""

from typing import Final

from src.common.utils import bytes_cache
from src.common.utils.channel import Announcer, Hearer, process_name
from src.core.database import after_commit

CHANNEL: Final = "public:changed"

_announcer: Final = Announcer(CHANNEL, gather=0.05)  # a bulk change is one message, not ten thousand


def shown_changed() -> None:
    """Call it in, or after, the transaction of every change that public reads show: products, categories, banners,
    promotions, notices. Takes effect after the commit, and not at all where that one rolls back. Cheap; any number of
    calls are one message.
    """
    after_commit(_announce)


def _announce() -> None:
    bytes_cache.invalidate_all()
    _announcer.say(process_name())


class Listener(Hearer):
    """Hears of changes that other workers made. One per worker."""

    def __init__(self, worker: str = "") -> None:
        # What was said while nobody listened is lost: begin with nothing.
        super().__init__(CHANNEL, on_word=self._forget, on_connect=bytes_cache.invalidate_all)
        self._worker = worker

    def _forget(self, teller: str) -> None:
        if teller != (self._worker or process_name()):
            bytes_cache.invalidate_all()

    async def stop(self) -> None:
        """End, and send what is still to be said."""
        await super().stop()
        await _announcer.finish()
