"""The one way to open a transaction."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError, OperationalError

from src.common import clock
from src.common.models import Job
from src.core.database import drain, in_unit_of_work, unit_of_work
from src.core.database.errors import DatabaseBusy
from src.core.database.unit_of_work import ATTEMPTS
from tests.conftest import REAL

pytestmark = pytest.mark.usefixtures("empty")


async def write(name: str) -> str:
    await Job.create(name=name, lease_until=clock.now(), next_run_at=clock.now())
    return name


async def names() -> list[str]:
    return sorted([name for (name,) in await Job.all().values_list("name")])


def lock_conflict(code: int) -> OperationalError:
    return OperationalError(Exception(code, "told by the database"))


async def test_result_comes_back_after_the_commit() -> None:
    assert await unit_of_work(lambda: write("a")) == "a"
    assert await names() == ["a"]


async def test_error_rolls_everything_back_and_comes_through_unchanged() -> None:
    async def break_off() -> None:
        await write("a")
        await write("b")
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        await unit_of_work(break_off)
    assert await names() == []


async def test_integrity_error_rolls_back_and_is_not_tried_again() -> None:
    runs = 0

    async def twice() -> None:
        nonlocal runs
        runs += 1
        await write("a")
        await write("a")

    with pytest.raises(IntegrityError):
        await unit_of_work(twice)
    assert (runs, await names()) == (1, [])


async def test_helper_that_opens_one_inside_another_is_refused() -> None:
    async def outer() -> None:
        await write("a")
        await unit_of_work(lambda: write("b"))

    with pytest.raises(RuntimeError, match="open already"):
        await unit_of_work(outer)
    assert await names() == []


async def test_inside_is_only_inside() -> None:
    async def look() -> bool:
        return in_unit_of_work()

    assert not in_unit_of_work()
    assert await unit_of_work(look)
    assert not in_unit_of_work()


@pytest.mark.parametrize("turns", range(11))
async def test_cancelled_waiter_loses_neither_the_work_nor_a_connection(turns: int) -> None:
    async def work() -> None:
        await write("a")
        await write("b")

    for _ in range(25):  # more often than there are connections in the pool
        await Job.all().delete()
        waiting = asyncio.create_task(unit_of_work(work))
        for _ in range(turns):
            await asyncio.sleep(0)
        waiting.cancel()
        outcome = (await asyncio.gather(waiting, return_exceptions=True))[0]
        assert outcome is None or isinstance(outcome, asyncio.CancelledError)
        await drain()
        # The waiter that was cancelled before it began did nothing; every other one's work went on to its end.
        assert await names() in ([[]] if turns == 0 else [["a", "b"]])

    async with asyncio.timeout(30):
        await asyncio.gather(*(unit_of_work(lambda number=number: write(f"n{number}")) for number in range(30)))  # type: ignore[misc]
    assert len([name for name in await names() if name.startswith("n")]) == 30


async def test_time_limit_around_it_does_not_cut_the_transaction_off() -> None:
    async def slow() -> None:
        await write("a")
        await asyncio.sleep(0.1)
        await write("b")

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.03):
            await unit_of_work(slow)
    await drain()
    assert await names() == ["a", "b"]


async def test_drain_waits_for_what_runs_and_returns_at_once_when_nothing_does() -> None:
    begun = asyncio.Event()

    async def slow() -> None:
        begun.set()
        await asyncio.sleep(0.05)
        await write("a")

    waiting = asyncio.create_task(unit_of_work(slow))
    await begun.wait()
    await drain()
    assert await names() == ["a"]
    await waiting
    async with asyncio.timeout(10):
        await drain()


@pytest.mark.parametrize("code", [1213, 1205])
async def test_lock_conflict_repeats_the_whole_use_case(code: int) -> None:
    runs = 0

    async def conflict_twice() -> str:
        nonlocal runs
        runs += 1
        await write("a")
        if runs < 3:
            raise lock_conflict(code)
        return "third"

    assert await unit_of_work(conflict_twice) == "third"
    assert (runs, await names()) == (3, ["a"])


async def test_lock_conflict_at_every_attempt_is_busy_and_nothing_is_written() -> None:
    runs = 0

    async def conflict() -> None:
        nonlocal runs
        runs += 1
        await write("a")
        raise lock_conflict(1213)

    with pytest.raises(DatabaseBusy):
        await unit_of_work(conflict)
    assert (runs, await names()) == (ATTEMPTS, [])
    assert ATTEMPTS == 5


async def test_other_database_error_is_not_tried_again() -> None:
    runs = 0

    async def wrong() -> None:
        nonlocal runs
        runs += 1
        raise lock_conflict(1064)

    with pytest.raises(OperationalError):
        await unit_of_work(wrong)
    assert runs == 1


@pytest.mark.skipif(not REAL, reason="SQLite has one writer, so there is nothing to deadlock")
async def test_real_deadlock_is_repeated_and_both_have_their_effect() -> None:
    await write("a")
    await write("b")
    met = asyncio.Barrier(2)
    runs: list[str] = []

    def crossing(first: str, second: str) -> Callable[[], Any]:
        async def cross() -> None:
            runs.append(first)
            await Job.filter(name=first).update(holder=f"{first}{second}")
            if len(runs) <= 2:
                await met.wait()
            await Job.filter(name=second).update(holder=f"{first}{second}")

        return cross

    async with asyncio.timeout(20):
        await asyncio.gather(unit_of_work(crossing("a", "b")), unit_of_work(crossing("b", "a")))

    assert len(runs) == 3
    last = runs[-1] + ("b" if runs[-1] == "a" else "a")
    assert [row.holder for row in await Job.all().order_by("name")] == [last, last]
