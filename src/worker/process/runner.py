"""The runner of one process: a loop for each job that takes rows of work, and a loop that sends due jobs.

With `JOBS=inside` every web process does all of it. With `JOBS=apart` web processes run only the jobs of their own
memory, worker processes take rows, and scheduler processes send jobs that are due.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial

from src.common import clock
from src.common.logs.context import new_request_id, under
from src.common.logs.setup import where
from src.common.models.job import Trigger
from src.common.work import wakeup
from src.common.work.jobs import SCHEDULER, JobSpec
from src.worker.jobs.due import LOOK_SECONDS, send_due
from src.worker.jobs.run import Outcome, attempt, note
from src.worker.transport.base import Transport

logger = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
FIRST_LOOK_SECONDS = 2.0
LONGEST_PAUSE = 30.0
TALLY_SECONDS = 300.0

Look = Callable[[], Awaitable[bool]]


class Runner:
    """Background loops of one process. Unfinished work stays in the tables and is taken again."""

    def __init__(self, loops: Iterable[JobSpec], *, schedule: Transport | None = None) -> None:
        self._loops = list(loops)
        self._schedule = schedule
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    async def start(self) -> None:
        """Start the loops."""
        loops = {spec.name: self._loop(spec.name, spec.every, _Looks(spec), spec.gather) for spec in self._loops}
        if self._schedule is not None:
            loops[SCHEDULER] = self._loop(SCHEDULER, LOOK_SECONDS, partial(_send_due, self._schedule))
        self._tasks = [asyncio.create_task(loop, name=name) for name, loop in loops.items()]

    async def stop(self) -> None:
        """Let current runs finish, for 10 s at most; transactions always finish."""
        self._stopping.set()
        for task in self._tasks:
            wakeup.wake(task.get_name())
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=GRACE_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _loop(self, name: str, every: float, look: Look, gather: float = 0.0) -> None:
        # Spread the first polls too: all at once, each would open a connection that the pool then keeps.
        await wakeup.wait(name, random.uniform(0.0, min(every, FIRST_LOOK_SECONDS)))  # noqa: S311 - no secret
        while not self._stopping.is_set():
            looked = time.monotonic()
            try:
                has_more = await look()
            except Exception as error:  # noqa: BLE001 - the database is unavailable: look again later
                logger.error("%s could not look for work: %s", name, where(error))
                has_more = False
            if not has_more:
                # Spread, so that the processes do not all poll at the same moment.
                pause = min(every, LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
                await wakeup.wait(name, pause, at_least=looked + gather - time.monotonic())


async def _send_due(transport: Transport) -> bool:
    """Send the jobs that are due. The next poll keeps its interval: a job just sent is not due again."""
    await send_due(transport)
    return False


class _Looks:
    """Polls one job for rows of work. The results of several polls are stored as one row of the history, at most every
    TALLY_SECONDS."""

    def __init__(self, spec: JobSpec) -> None:
        self._spec = spec
        self._since: datetime | None = None
        self._noted = time.monotonic()
        self._done = 0
        self._error = ""
        self._own_id = new_request_id()

    async def __call__(self) -> bool:
        """Poll once; return True if there may be more work."""
        with under(self._own_id):
            outcome = await attempt(self._spec)
        if outcome.done or outcome.error:
            self._since = self._since or clock.now()
            self._done += outcome.done
            self._error = outcome.error or self._error
        if self._since and time.monotonic() - self._noted > TALLY_SECONDS:
            await self._note(self._since)
        return outcome.done >= self._spec.most

    async def _note(self, since: datetime) -> None:
        total = Outcome(self._done, self._error)
        self._since, self._done, self._error, self._noted = None, 0, "", time.monotonic()
        with under(self._own_id):
            await note(self._spec.name, total, started=since, trigger=Trigger.WORK)
        self._own_id = new_request_id()
