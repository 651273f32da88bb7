"""The one way to open a transaction: one use case, one transaction, opened by the outermost service function.

What the database gave up is run again as a whole, and so is what was cut off before COMMIT was sent. What was cut off
after it is looked up first (`outcomes`) and never repeated blindly.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, Final, TypeVar

from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

from src.core.database.errors import (
    CLUSTER_REFUSALS,
    NOT_SENT,
    CommitLost,
    DatabaseBusy,
    OutcomeUnknown,
    code_of,
    is_lock_conflict,
    is_lost,
)
from src.core.database.outcomes import Proof, is_committed, on_cluster

T = TypeVar("T")

logger = logging.getLogger(__name__)

ATTEMPTS: Final = 5
AGAIN_SECONDS: Final = 10.0
"""What a lost connection cut off is begun again within this time only: a database that hangs is told, not waited for."""

Step = Callable[[], Awaitable[None] | None]


class _Attempt:
    """One run of a use case: what is to follow its commit, and what proves the commit where it gets no answer."""

    __slots__ = ("afterwards", "proof")

    def __init__(self) -> None:
        self.afterwards: list[Step] = []
        self.proof: Proof | None = None


_inside: ContextVar[bool] = ContextVar("inside_unit_of_work", default=False)
_attempt: ContextVar[_Attempt | None] = ContextVar("attempt", default=None)
_running: set[asyncio.Task[Any]] = set()


def in_unit_of_work() -> bool:
    """Whether the caller runs inside a transaction opened here."""
    return _inside.get()


def after_commit(step: Step) -> None:
    """Do `step` once the open transaction is committed, before its caller goes on. Forgotten when it rolls back.

    Where no transaction is open a plain step is done at once; a coroutine function raises RuntimeError.
    """
    attempt = _attempt.get()
    if attempt is not None:
        attempt.afterwards.append(step)
    elif step() is not None:
        raise RuntimeError("there is no transaction that this step could wait for")


def proven_by(proof: Proof) -> None:
    """Have `proof` say whether the open transaction is committed, should its COMMIT get no answer.

    It runs on another connection and must read with a lock what only this transaction can have written. Whatever
    inserts a row needs none: the row's number proves it.
    """
    attempt = _attempt.get()
    if attempt is not None:
        attempt.proof = proof


async def unit_of_work(use_case: Callable[[], Awaitable[T]]) -> T:
    """Run `use_case` in one transaction and return what it returns, after the commit.

    It runs in a task of its own that neither a client's disconnect nor ``asyncio.timeout`` cancels: a task cancelled
    inside a query leaves a connection that cannot roll back. Whoever waits may be cancelled; the work goes on to its
    end. Inside there must be no HTTP, no Redis and no ``asyncio.gather``.

    Lock conflicts, also those that a cluster finds at COMMIT, and connections that end before COMMIT is sent roll back
    and repeat the whole use case, at most ATTEMPTS times, so it must not change anything but the database. Raises
    `DatabaseBusy` after the last conflict, the error of a connection that stays lost, RuntimeError when opened inside
    another one.

    COMMIT sent and no answer: the transaction's own rows are looked up on a new connection. They are there: its result
    is returned. They are not: it is repeated. It has none, or nobody can be asked: raises `OutcomeUnknown`; who calls
    again does no harm (tests/architecture/test_use_cases.py lists why).
    """
    if _inside.get():
        raise RuntimeError("a unit of work is open already: helpers never open one")
    task = asyncio.create_task(_attempts(use_case))
    _running.add(task)
    task.add_done_callback(_finished)
    return await asyncio.shield(task)


async def single_statement(run: Callable[[], Awaitable[T]], *, is_harmless: bool = False) -> T:
    """Run one statement that commits by itself, again where the database gave it up for a lock conflict.

    Two inserts of one unique key beside its deletion deadlock inside InnoDB, transaction or not. `is_harmless`: it may
    run again also where its connection was lost and nobody knows whether it was done. Raises `DatabaseBusy` after
    ATTEMPTS.
    """
    started = asyncio.get_running_loop().time()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await run()
        except OperationalError as error:
            if not (is_harmless or not is_lost(error) or code_of(error) == NOT_SENT):
                raise
            await _may_repeat(error, attempt, started)
        await _pause(attempt)
    raise AssertionError("unreachable")


async def drain() -> None:
    """Wait for every transaction that is still running. Called before the connections close."""
    while _running:
        await asyncio.wait(set(_running))


def _finished(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        # Retrieved here, so that an error whose waiter has gone is not reported as never retrieved.
        logger.debug("unit of work failed: %s", type(error).__name__)


async def _attempts(use_case: Callable[[], Awaitable[T]]) -> T:
    _inside.set(True)  # the task has a context of its own
    started = asyncio.get_running_loop().time()
    for number in range(1, ATTEMPTS + 1):
        attempt = _Attempt()
        _attempt.set(attempt)
        try:
            async with in_transaction():
                result = await use_case()
        except CommitLost as lost:
            if await _is_committed(lost, attempt):
                await _follow(attempt)
                return result
        except OperationalError as error:
            await _may_repeat(error, number, started)
        else:
            await _follow(attempt)
            return result
        await _pause(number)
    raise DatabaseBusy


async def _follow(attempt: _Attempt) -> None:
    for step in attempt.afterwards:
        if (rest := step()) is not None:
            await rest


async def _is_committed(lost: CommitLost, attempt: _Attempt) -> bool:
    """Whether its own rows say so. Raises OutcomeUnknown where they cannot."""
    found = await is_committed(lost, attempt.proof)
    logger.warning("COMMIT got no answer; committed: %s", {True: "yes", False: "no", None: "unknown"}[found])
    if found is None:
        raise OutcomeUnknown(*lost.args) from lost
    return found


async def _may_repeat(error: OperationalError, attempt: int, started: float) -> None:
    """Return where what failed left nothing behind and may run again; else raise."""
    if is_lost(error):
        is_late = asyncio.get_running_loop().time() - started > AGAIN_SECONDS
        if attempt == ATTEMPTS or is_late:
            raise error
        logger.info("connection lost, attempt %d of %d", attempt, ATTEMPTS)
        return
    if not is_lock_conflict(error) and not (code_of(error) in CLUSTER_REFUSALS and await _is_cluster(error)):
        raise error
    logger.info("lock conflict, attempt %d of %d", attempt, ATTEMPTS)
    if attempt == ATTEMPTS:
        raise DatabaseBusy from error


async def _is_cluster(error: OperationalError) -> bool:
    """Whether a cluster's node says it: the number has another meaning elsewhere."""
    if "WSREP" in str(error):
        return True
    try:
        return await on_cluster()
    except OperationalError:
        return False


async def _pause(attempt: int) -> None:
    await asyncio.sleep(random.uniform(0.005, 0.03) * attempt)  # noqa: S311 - spreads retries, keeps no secret
