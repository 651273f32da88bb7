"""The transport of work: from the process that finds it to the one that does it.

`local` does it in this process, `redis_streams` sends it to the worker processes. The rows in the database are the
truth; messages carry ids. A message that is lost, repeated or late does no harm: the lease in its row ends and it is
sent again, and of two holders of one row only the one with the valid lease goes on.
"""

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
"""How many pieces of work one process does at once, by priority. A long import takes no place of an order's work."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """One piece of work: which `kind` of executor does it, and the ids it needs, as JSON values."""

    kind: str
    payload: dict[str, Any]
    priority: Priority = "normal"


Executor = Callable[[dict[str, Any]], Awaitable[None]]


class Transport(Protocol):
    """Brings work to where it is done. `send` waits while too much of its priority is under way."""

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
