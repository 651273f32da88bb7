"""The runner of one worker: a loop for every job, so that a slow one keeps no other waiting."""

import asyncio
import contextlib
import logging
import random

from src.common.utils import wakeup
from src.common.utils.logs import where
from src.worker.jobs import LEASE, JobSpec, give_lease_back, renew_lease, run_once, specs, take_lease

logger = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
FIRST_LOOK_SECONDS = 2.0


class Runner:
    """Starts with the worker's lifespan and ends with it. What it leaves undone is found again by the tables."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    async def start(self) -> None:
        """Begin to look for work."""
        self._tasks = [asyncio.create_task(self._loop(spec), name=spec.name) for spec in specs().values()]

    async def stop(self) -> None:
        """Let runs that are under way finish, for 10 s at most; transactions always finish."""
        self._stopping.set()
        for task in self._tasks:
            wakeup.wake(task.get_name())
        _, late = await asyncio.wait(self._tasks, timeout=GRACE_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _loop(self, spec: JobSpec) -> None:
        # Spread the first looks too: all at once they would take a connection each, which the pool then keeps.
        await wakeup.wait(spec.name, random.uniform(0.0, min(spec.every, FIRST_LOOK_SECONDS)))  # noqa: S311 - no secret
        while not self._stopping.is_set():
            try:
                done = await (self._run_single(spec) if spec.single else run_once(spec))
            except Exception as error:  # noqa: BLE001 - the database is away: look again later
                logger.error("job %s could not start: %s", spec.name, where(error))
                done = 0
            if done and not spec.single:
                continue  # there may be more
            # Spread, so that the workers do not all look at the same moment.
            pause = min(spec.every, LEASE.total_seconds()) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
            await wakeup.wait(spec.name, pause)

    async def _run_single(self, spec: JobSpec) -> int:
        if not await take_lease(spec):
            return 0
        renewing = asyncio.create_task(self._renew(spec))
        try:
            return await run_once(spec)
        finally:
            renewing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await renewing
            await give_lease_back(spec)

    async def _renew(self, spec: JobSpec) -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            await renew_lease(spec)
