"""Counts of calls to vendors, by outcome."""

import asyncio
from time import perf_counter
from types import TracebackType
from typing import Any, Final, Self

from src.core.observing import tracing
from src.core.observing.metrics import VENDOR_CALLS, VENDOR_SECONDS
from src.core.observing.server_timing import took

OUTCOMES: Final = ("ok", "declined", "unreachable", "nonsense", "broken")


class vendor_call:  # noqa: N801 - read as a word: `with vendor_call("portone", "cancel"):`
    """A context around one call, including the reading of its answer.

    An exception decides the outcome: its class may name it (``outcome = "declined"``), a cancelled call counts as
    unreachable, and an unforeseen error as broken. Both names come from our own code.
    """

    def __init__(self, vendor: str, operation: str) -> None:
        self._vendor, self._operation = vendor, operation
        for outcome in OUTCOMES:  # present before the first call: a rate starts with a 0
            VENDOR_CALLS.of(vendor, operation, outcome)

    def __enter__(self) -> Self:
        self._span: Any = tracing.client_span(f"{self._vendor} {self._operation}", {"peer.service": self._vendor})
        self._span.__enter__()
        self._started = perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds = perf_counter() - self._started
        VENDOR_SECONDS.of(self._vendor, self._operation).observe(seconds)
        took("vendor", seconds)
        VENDOR_CALLS.of(self._vendor, self._operation, _outcome(error)).add()
        self._span.__exit__(kind, error, trace)


def _outcome(error: BaseException | None) -> str:
    if error is None:
        return "ok"
    if isinstance(error, asyncio.CancelledError | TimeoutError):
        return "unreachable"
    outcome: str = getattr(error, "outcome", "broken")
    return outcome
