"""How work gets from whoever finds it to whoever does it: inside this process, or over Redis to the worker processes.

The rows in the database are the truth, what is carried are ids. A message that is lost, doubled or late does no harm:
the row's lease ends and it is sent again, and of two who hold the same row only the one whose lease counts goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from src.common.logs.setup import where
from src.common.work.jobs import Priority

logger = logging.getLogger(__name__)

PREFIX: Final = "shop:tasks:"
GROUP: Final = "shop"
"""The streams' names in Redis, one for each priority, and the group that reads them. See `streams`."""

LANES: Final[dict[Priority, int]] = {"high": 8, "normal": 4, "low": 2}
"""How much one process does at once, by priority. Each has its own lane, so a long import holds up no order."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """One piece of work: which `kind` of executor does it, and the ids it needs, as JSON values."""

    kind: str
    payload: dict[str, Any]
    priority: Priority = "normal"


Executor = Callable[[dict[str, Any]], Awaitable[None]]


class Carrier(Protocol):
    """Brings work to where it is done. `send` waits while too much of its priority is under way already."""

    async def send(self, work: Work) -> None: ...

    def has_room(self, priority: Priority) -> bool: ...


_executors: dict[str, Executor] = {}


def register_executor(kind: str, executor: Executor) -> None:
    """Say who does this kind of work. An executor is idempotent, and handles what its own work raises."""
    _executors[kind] = executor


async def execute(kind: str, payload: dict[str, Any]) -> None:
    """Do a piece of work. Never raises: its rows are found again when their leases end."""
    try:
        await _executors[kind](payload)
    except Exception as error:  # noqa: BLE001 - see above
        logger.error("work of kind %s failed: %s", kind, where(error))


class Direct:
    """Done before `send` returns: jobs by hand, tests."""

    async def send(self, work: Work) -> None:
        """Do it."""
        await execute(work.kind, work.payload)

    def has_room(self, priority: Priority) -> bool:
        """Always."""
        return True


class Inside:
    """Done in tasks of this process, as many at once as the lanes allow."""

    def __init__(self) -> None:
        self._lanes = {priority: asyncio.Semaphore(size) for priority, size in LANES.items()}
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, work: Work) -> None:
        """Begin it as soon as its lane has room."""
        lane = self._lanes[work.priority]
        await lane.acquire()
        task = asyncio.create_task(execute(work.kind, work.payload), name=f"work:{work.kind}")
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._ended(done, lane))

    def has_room(self, priority: Priority) -> bool:
        """Whether it would begin at once."""
        return not self._lanes[priority].locked()

    async def stop(self, seconds: float) -> None:
        """Let what is under way finish, for `seconds` at most; what is cut off then is found again by its rows."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None], lane: asyncio.Semaphore) -> None:
        self._tasks.discard(task)
        lane.release()


DIRECT: Final = Direct()
