"""Page view counts, without a database write per view.

Every worker counts in memory and adds its sums to the rows periodically (the job ``flush-views``) and when it stops. A
killed worker loses the views of those seconds: the count is an indication for readers, not a ledger.
"""

import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from src.common.http.networks import network_of
from src.common.logs.setup import where
from src.core.database import unit_of_work
from src.core.database.errors import OutcomeUnknown

logger = logging.getLogger(__name__)

AGAIN_SECONDS: Final = 600.0
MOST_REMEMBERED: Final = 20_000

Write = Callable[[Mapping[int, int]], Awaitable[None]]


class ViewCounter:
    """Counts views of the rows of one table. One network counts once in ten minutes for each row. Networks are kept in
    memory only and never stored."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: Counter[int] = Counter()
        self._lately: OrderedDict[tuple[int, str], float] = OrderedDict()

    def saw(self, row_id: int, who: str) -> None:
        """Count one view from the address `who`."""
        now, key = self._clock(), (row_id, network_of(who))
        last = self._lately.get(key)
        if last is not None and now - last < AGAIN_SECONDS:
            return
        self._lately[key] = now
        self._lately.move_to_end(key)
        if len(self._lately) > MOST_REMEMBERED:
            self._lately.popitem(last=False)
        self._waiting[row_id] += 1

    async def flush(self, write: Write) -> int:
        """Pass the sums to `write`, in one transaction, and return the number of rows. If it fails, the sums are kept
        for the next call; if the outcome of the commit is unknown, they are dropped. Sums are in id order, so that two
        workers wait for each other instead of deadlocking."""
        taken, self._waiting = self._waiting, Counter()
        if not taken:
            return 0
        sums = dict(sorted(taken.items()))
        try:
            await unit_of_work(lambda: write(sums))
        except OutcomeUnknown:
            raise  # they may be committed: losing some views is better than counting them twice
        except BaseException:
            self._waiting.update(taken)
            raise
        return len(sums)

    def forget(self) -> None:
        """Drop the unwritten counts and the remembered networks."""
        self._waiting.clear()
        self._lately.clear()


async def flush_at_end(flush: Callable[[], Awaitable[int]]) -> None:
    """Write the remaining counts while a worker stops. An error is only logged: it must not delay the stop."""
    try:
        await flush()
    except Exception as error:  # noqa: BLE001 - see above
        logger.warning("looks at pages were lost: %s", where(error))
