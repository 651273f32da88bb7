"""Transport of work from the process that finds it to the process that executes it.

`local` executes it in this process, `redis_streams` sends it to the worker processes. The database rows are
authoritative; messages carry only ids. A message that is lost, repeated or late does no harm: when the lease in its row
ends it is sent again, and of two executors of one row only the one with the valid lease continues.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from src.common.logs.setup import where
from src.common.work.jobs import Priority

logger = logging.getLogger(__name__)

PREFIX: Final = "shop:tasks:"
GROUP: Final = "shop"
"""Names of the Redis streams, one for each priority, and of the group that reads them. See `redis_streams`."""

LANES: Final[dict[Priority, int]] = {"high": 8, "normal": 4, "low": 2}
"""Concurrent pieces of work of one process by priority. A long import does not take the places of order work."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """One piece of work: the `kind` that selects its executor, and the ids that it needs, as JSON values.

    `here` is the same work with the rows that its sender holds already. Only a transport that carries it at most once,
    in the sender's process, may call it: it does not look for its lease again.
    """

    kind: str
    payload: dict[str, Any]
    priority: Priority = "normal"
    here: Callable[[], Awaitable[None]] | None = field(default=None, repr=False, compare=False)


Executor = Callable[[dict[str, Any]], Awaitable[None]]


class Transport(Protocol):
    """Carries work to its executor. `send` waits while too much work of the same priority is waiting or in progress."""

    async def send(self, work: Work) -> None: ...

    def has_room(self, priority: Priority) -> bool: ...


_executors: dict[str, Executor] = {}


def register_executor(kind: str, executor: Executor) -> None:
    """Register the executor of this kind of work. It must be idempotent and handle its own errors."""
    _executors[kind] = executor


async def execute(kind: str, payload: dict[str, Any]) -> None:
    """Execute a piece of work. Never raises: its rows are taken again when their leases end."""
    await _execute(kind, lambda: _executors[kind](payload))


async def execute_here(work: Work) -> None:
    """Execute a piece of work in the process that sent it, likewise."""
    if work.here is None:
        await execute(work.kind, work.payload)
    else:
        await _execute(work.kind, work.here)


async def _execute(kind: str, run: Callable[[], Awaitable[None]]) -> None:
    try:
        await run()
    except Exception as error:  # noqa: BLE001 - see `execute`
        logger.error("work of kind %s failed: %s", kind, where(error))
