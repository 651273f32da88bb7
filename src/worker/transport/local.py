"""Transports inside one process: inline, or in asyncio tasks concurrent with the requests."""

import asyncio
from typing import Final

from src.common.work.jobs import Priority
from src.worker.transport.base import LANES, Work, execute_here


class Inline:
    """Executes work before `send` returns. For jobs run by hand and tests."""

    async def send(self, work: Work) -> None:
        """Execute the work."""
        await execute_here(work)

    def has_room(self, priority: Priority) -> bool:
        """Return True."""
        return True


class InProcess:
    """Executes work in asyncio tasks of this process, limited for each priority by LANES."""

    def __init__(self) -> None:
        self._lanes = {priority: asyncio.Semaphore(size) for priority, size in LANES.items()}
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, work: Work) -> None:
        """Start the work as soon as its priority has room."""
        lane = self._lanes[work.priority]
        await lane.acquire()
        task = asyncio.create_task(execute_here(work), name=f"work:{work.kind}")
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._ended(done, lane))

    def has_room(self, priority: Priority) -> bool:
        """Return True if work of this priority would start at once."""
        return not self._lanes[priority].locked()

    async def stop(self, seconds: float) -> None:
        """Let running work finish, for `seconds` at most, then cancel it. Its rows stay and are taken again."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None], lane: asyncio.Semaphore) -> None:
        self._tasks.discard(task)
        lane.release()


INLINE: Final = Inline()
