"""Run a request to a simulated vendor in a transaction: apply the fault of a switch, or do the work."""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from src.sandbox import switches
from src.sandbox.store import Store
from src.sandbox.web import Answer

Effect = Callable[[sqlite3.Connection, str | None], Answer]
"""The work of an endpoint; the last argument is the fault that changes its result, or None."""


class RefusedError(Exception):
    """A vendor's refusal of a call. Raised before the effect has written anything."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True)
class Whose:
    """The person and the sign-in of a request, as far as its code or token identifies them. A switch may be limited to
    one person or one sign-in."""

    person: str | None = None
    grant_id: str | None = None


NOBODY: Final = Whose()
Finder = Callable[[sqlite3.Connection], Whose]


@dataclass(frozen=True)
class _Reply:
    answer: Answer | None
    wait: bool = False


class Calls:
    """Run effects. `hold` delays an answer and returns early when the process stops. `instead` maps a fault to the
    answer that replaces the effect."""

    def __init__(
        self,
        store: Store,
        hold: Callable[[], Awaitable[None]],
        *,
        instead: Mapping[str, Answer] = switches.INSTEAD,
    ) -> None:
        self.store = store
        self._hold = hold
        self._instead = instead

    async def change(self, operation: str, effect: Effect, whose: Finder | None = None) -> Answer:
        """Use up a matching switch and run `effect` in one transaction. For the fault `slow`, the effect runs in a
        second transaction after the wait."""
        reply = await self.store.write(partial(self._begin, operation=operation, effect=effect, whose=whose))
        if reply.wait:
            await self._hold()
        if reply.answer is not None:
            return reply.answer
        return await self.store.write(lambda db: _done(db, effect, None))

    async def read(self, operation: str, effect: Effect, whose: Finder | None = None) -> Answer:
        """Like `change`, for an effect that only reads: while no switch is set, it does not wait for writers."""
        answer = await self.store.read(lambda db: None if switches.any_set(db) else _done(db, effect, None))
        return await self.change(operation, effect, whose) if answer is None else answer

    def _begin(self, db: sqlite3.Connection, operation: str, effect: Effect, whose: Finder | None) -> _Reply:
        about = NOBODY if whose is None else whose(db)
        fault = switches.take(db, operation, person=about.person, grant_id=about.grant_id)
        if fault is not None and fault in self._instead:
            return _Reply(self._instead[fault])
        if fault == "timeout_before":
            return _Reply(switches.TIMED_OUT, wait=True)
        if fault == "slow":
            return _Reply(None, wait=True)
        answer = _done(db, effect, None if fault in switches.AROUND else fault)
        if fault == "error_500_after":
            return _Reply(self._instead["error_500"])
        return _Reply(answer, wait=fault == "timeout_after")


def _done(db: sqlite3.Connection, effect: Effect, fault: str | None) -> Answer:
    try:
        return effect(db, fault)
    except RefusedError as refused:
        return refused.answer
