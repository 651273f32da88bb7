"""The only way to open a transaction: one use case, one transaction, opened by the outermost service function.

A transaction that the database rolled back is repeated as a whole; so is one whose connection ended before COMMIT was
sent. If it ended later, the outcome is looked up first (`outcomes`); the use case is never repeated blindly.
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
"""What a lost connection cut off is begun again within this time only: a database that hangs is told, not waited
for."""

Step = Callable[[], Awaitable[None] | None]


class _Attempt:
    """One run of a use case: the steps after its commit, and the proof of a commit that gets no answer."""

    __slots__ = ("afterwards", "proof")

    def __init__(self) -> None:
        self.afterwards: list[Step] = []
        self.proof: Proof | None = None


_inside: ContextVar[bool] = ContextVar("inside_unit_of_work", default=False)
_attempt: ContextVar[_Attempt | None] = ContextVar("attempt", default=None)
_running: set[asyncio.Task[Any]] = set()


def in_unit_of_work() -> bool:
    """Return True inside a transaction that was opened here."""
    return _inside.get()


def after_commit(step: Step) -> None:
    """Run `step` once the open transaction is committed, before its caller continues. A rollback discards it.

    Without an open transaction a plain step runs at once; a coroutine function raises RuntimeError.
    """
    attempt = _attempt.get()
    if attempt is not None:
        attempt.afterwards.append(step)
    elif step() is not None:
        raise RuntimeError("there is no transaction that this step could wait for")


def proven_by(proof: Proof) -> None:
    """Use `proof` to decide if the open transaction is committed, should its COMMIT get no answer.

    The proof runs on another connection. It must read, with a lock, something that only this transaction can have
    written. A transaction that inserts a row needs none: the row's number is the proof.
    """
    attempt = _attempt.get()
    if attempt is not None:
        attempt.proof = proof


async def unit_of_work(use_case: Callable[[], Awaitable[T]]) -> T:
    """Run `use_case` in one transaction and return its result after the commit.

    It runs in its own task, which neither a client's disconnect nor ``asyncio.timeout`` cancels: a task cancelled
    inside a query leaves a connection that cannot roll back. If the caller is cancelled, the work still continues to
    its end. Inside, HTTP, Redis and ``asyncio.gather`` are forbidden.

    Lock conflicts, including those that a cluster finds at COMMIT, and connections that end before COMMIT is sent roll
    back and repeat the whole use case, at most ATTEMPTS times. So it must change nothing but the database. Raises
    `DatabaseBusy` after the last conflict, the error of a connection that stays lost, and RuntimeError inside another
    unit of work.

    If COMMIT was sent and not answered, the transaction's own rows are looked up on a new connection. If they exist,
    the result is returned; if not, the use case is repeated. If it has no such rows or no server answers, it raises
    `OutcomeUnknown`; a repeat by the caller is safe (tests/architecture/test_use_cases.py lists why).
    """
    if _inside.get():
        raise RuntimeError("a unit of work is open already: helpers never open one")
    task = asyncio.create_task(_attempts(use_case))
    _running.add(task)
    task.add_done_callback(_finished)
    return await asyncio.shield(task)


async def single_statement(run: Callable[[], Awaitable[T]], *, is_harmless: bool = False) -> T:
    """Run one auto-committed statement, and repeat it where the database rolled it back for a lock conflict.

    Two inserts of one unique key during its deletion deadlock inside InnoDB, with or without a transaction.
    `is_harmless`: the statement may also be repeated where its connection was lost and its outcome is unknown. Raises
    `DatabaseBusy` after ATTEMPTS.
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
    """Wait for every running transaction. Called before the connections close."""
    while _running:
        await asyncio.wait(set(_running))


def _finished(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        # The exception is retrieved here; without a waiter it would be reported as never retrieved.
        logger.debug("unit of work failed: %s", type(error).__name__)


async def _attempts(use_case: Callable[[], Awaitable[T]]) -> T:
    _inside.set(True)  # the task has its own context
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
    """Return True if the transaction's own rows prove its commit. Raises OutcomeUnknown without a proof."""
    found = await is_committed(lost, attempt.proof)
    logger.warning("COMMIT got no answer; committed: %s", {True: "yes", False: "no", None: "unknown"}[found])
    if found is None:
        raise OutcomeUnknown(*lost.args) from lost
    return found


async def _may_repeat(error: OperationalError, attempt: int, started: float) -> None:
    """Return if the failed attempt left nothing behind and may be repeated; else raise."""
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
    """Return True on a node of a cluster: elsewhere the error number has another meaning."""
    if "WSREP" in str(error):
        return True
    try:
        return await on_cluster()
    except OperationalError:
        return False


async def _pause(attempt: int) -> None:
    await asyncio.sleep(random.uniform(0.005, 0.03) * attempt)  # noqa: S311 - spreads retries, is no secret
