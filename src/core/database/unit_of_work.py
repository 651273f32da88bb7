"""The one way to open a transaction: one use case, one transaction, opened by the outermost service function."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

T = TypeVar("T")

logger = logging.getLogger(__name__)

ATTEMPTS = 5
RETRIED_CODES = frozenset({1213, 1205})  # InnoDB: deadlock found; lock wait timeout exceeded

_inside: ContextVar[bool] = ContextVar("inside_unit_of_work", default=False)
Step = Callable[[], Awaitable[None] | None]

_afterwards: ContextVar[list[Step] | None] = ContextVar("after_commit", default=None)
_running: set[asyncio.Task[Any]] = set()


class DatabaseBusy(Exception):
    """The use case met a lock conflict on every attempt. Nothing was written."""


def in_unit_of_work() -> bool:
    """Whether the caller runs inside a transaction opened here."""
    return _inside.get()


def after_commit(step: Step) -> None:
    """Do `step` once the open transaction is committed, before its caller goes on. Forgotten when it rolls back.

    Where no transaction is open a plain step is done at once; a coroutine function raises RuntimeError.
    """
    waiting = _afterwards.get()
    if waiting is not None:
        waiting.append(step)
    elif step() is not None:
        raise RuntimeError("there is no transaction that this step could wait for")


async def unit_of_work(use_case: Callable[[], Awaitable[T]]) -> T:
    """Run `use_case` in one transaction and return what it returns, after the commit.

    It runs in a task of its own that neither a client's disconnect nor ``asyncio.timeout`` cancels: a task cancelled
    inside a query leaves a connection that cannot roll back. Whoever waits may be cancelled; the work goes on to its
    end. Inside there must be no HTTP, no Redis and no ``asyncio.gather``.

    Deadlocks and lock waits roll back and repeat the whole use case, at most ATTEMPTS times, so it must not change
    anything but the database. Raises `DatabaseBusy` after the last, RuntimeError when opened inside another one.
    """
    if _inside.get():
        raise RuntimeError("a unit of work is open already: helpers never open one")
    task = asyncio.create_task(_attempts(use_case))
    _running.add(task)
    task.add_done_callback(_finished)
    return await asyncio.shield(task)


async def single_statement(run: Callable[[], Awaitable[T]]) -> T:
    """Run one statement that commits by itself, again where the database gave it up for a lock conflict.

    Two inserts of one unique key beside its deletion deadlock inside InnoDB, transaction or not. Raises `DatabaseBusy`
    after ATTEMPTS.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await run()
        except OperationalError as error:
            if not is_lock_conflict(error):
                raise
            if attempt == ATTEMPTS:
                raise DatabaseBusy from error
        await asyncio.sleep(random.uniform(0.005, 0.03) * attempt)  # noqa: S311 - spreads retries, keeps no secret
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
    for attempt in range(1, ATTEMPTS + 1):
        try:
            afterwards: list[Step] = []
            _afterwards.set(afterwards)
            async with in_transaction():
                result = await use_case()
        except OperationalError as error:
            if not is_lock_conflict(error):
                raise
            logger.info("lock conflict, attempt %d of %d", attempt, ATTEMPTS)
            if attempt == ATTEMPTS:
                raise DatabaseBusy from error
        else:
            for step in afterwards:
                if (rest := step()) is not None:
                    await rest
            return result
        await asyncio.sleep(random.uniform(0.005, 0.03) * attempt)  # noqa: S311 - spreads retries, keeps no secret
    raise AssertionError("unreachable")


def is_lock_conflict(error: OperationalError) -> bool:
    """Whether the database rolled back because of another transaction (MySQL 1213, 1205; SQLite locked)."""
    cause = error.args[0] if error.args else None
    code = cause.args[0] if isinstance(cause, Exception) and cause.args else None
    return code in RETRIED_CODES or "database is locked" in str(code)
