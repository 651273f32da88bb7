"""Run a changing REST call in a transaction: repeat a stored answer, apply a fault, or do the work."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from src.sandbox import switches
from src.sandbox.portone import faults
from src.sandbox.portone.api import idempotency
from src.sandbox.portone.api.idempotency import Key
from src.sandbox.portone.errors import STATUS, PortOneError, refused
from src.sandbox.portone.faults import Operation
from src.sandbox.web import Answer

TIMED_OUT: Final = switches.TIMED_OUT
SPARE_MS: Final = 5_000
"""Added to the time for which a key stays busy, because the work may start a little after the wait."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A changing request whose body has been read."""

    operation: Operation
    payment_id: str
    raw: bytes
    key: Key | None
    store_id: str | None


@dataclass(frozen=True)
class Reply:
    """The next step: wait if `wait`, then send `answer`; if it is None, do the work after the wait."""

    answer: Answer | None
    wait: bool = False


Effect = Callable[[sqlite3.Connection, Call, str | None], Answer]
"""The work of an endpoint; the last argument is the fault that changes its result, or None. It raises before it writes
anything."""


def begin(db: sqlite3.Connection, call: Call, effect: Effect, *, slow_ms: int) -> Reply:
    """Run the effect, store its answer and use up a fault, all in the caller's transaction. For the fault `slow`, only
    mark the key as busy; the caller runs `work` after the wait. `slow_ms` is the length of a wait."""
    try:
        stored = None if call.key is None else idempotency.kept(db, call.key)
    except PortOneError as error:
        return Reply(error.answer())
    if stored is not None:
        return Reply(stored)
    fault = faults.take(db, call.operation, call.payment_id)
    if fault in faults.INSTEAD:
        return Reply(faults.INSTEAD[fault])
    if fault == "timeout_before":
        return Reply(TIMED_OUT, wait=True)
    if fault == "slow":
        if call.key is not None:
            idempotency.keep(db, call.key, None, busy_ms=slow_ms + SPARE_MS)
        return Reply(None, wait=True)
    return _work_under(db, call, effect, fault, slow_ms)


def work(db: sqlite3.Connection, call: Call, effect: Effect, fault: str | None = None, *, busy_ms: int = 0) -> Answer:
    """Run the effect and store its answer for the idempotency key. A PortOneError is stored too."""
    try:
        if fault in STATUS:
            raise refused(fault)
        answer = effect(db, call, fault)
    except PortOneError as error:
        answer = error.answer()
    if call.key is not None:
        idempotency.keep(db, call.key, answer, busy_ms=busy_ms)
    return answer


def _work_under(db: sqlite3.Connection, call: Call, effect: Effect, fault: str | None, slow_ms: int) -> Reply:
    waits = fault == "timeout_after"
    answer = work(db, call, effect, fault, busy_ms=slow_ms if waits else 0)
    if fault == "error_500_after":
        return Reply(faults.INSTEAD["error_500"])
    return Reply(answer, wait=waits)
