"""Rows of work: taken by one, finished by whoever has them, given back with growing delays."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from src.common import clock
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.work import queue
from tests.app.product.captured import captured_sql
from tests.conftest import REAL

pytestmark = pytest.mark.usefixtures("empty")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def rows(count: int, *, due: datetime = NOON, attempts: int = 0) -> list[OutboxEvent]:
    return [
        await OutboxEvent.create(
            topic="t", aggregate=f"a:{number}", payload={}, available_at=due, created_at=due, attempts=attempts
        )
        for number in range(count)
    ]


async def take(limit: int = 10, *, at: datetime = NOON, lease_seconds: int = 120) -> list[OutboxEvent]:
    with clock.as_of(at):
        return await queue.take_due(OutboxEvent, limit=limit, lease_seconds=lease_seconds)


async def test_due_rows_are_taken_oldest_first_up_to_the_limit() -> None:
    newer = await rows(2, due=NOON)
    older = await rows(2, due=NOON - timedelta(seconds=1))

    taken = await take(limit=3)

    assert [row.id for row in taken] == [older[0].id, older[1].id, newer[0].id]


async def test_row_of_the_future_is_left_and_taken_at_its_moment() -> None:
    (row,) = await rows(1, due=NOON + timedelta(microseconds=1))
    assert await take() == []
    assert [taken.id for taken in await take(at=NOON + timedelta(microseconds=1))] == [row.id]


@pytest.mark.parametrize("status", [WorkStatus.DONE, WorkStatus.DEAD])
async def test_finished_and_dead_rows_are_left(status: WorkStatus) -> None:
    await rows(1)
    await OutboxEvent.all().update(work_status=status)
    assert await take() == []


async def test_taking_counts_the_attempt_and_leases_the_row() -> None:
    await rows(1)
    (taken,) = await take(lease_seconds=30)

    row = await OutboxEvent.get()
    assert (row.attempts, row.available_at, row.work_status) == (1, NOON + timedelta(seconds=30), WorkStatus.PENDING)
    assert (taken.attempts, taken.lease_token) == (1, row.lease_token)
    assert len(row.lease_token) == 26


async def test_many_rows_are_leased_by_one_statement_each_with_its_own_attempts() -> None:
    await rows(3, due=NOON - timedelta(seconds=1), attempts=4)
    await rows(4)
    with captured_sql() as statements:
        taken = await take()

    assert [statement.split()[0] for statement in statements] == ["SELECT", "SELECT", "UPDATE"]
    kept = {row.id: row for row in await OutboxEvent.all()}
    assert [row.attempts for row in taken] == [5, 5, 5, 1, 1, 1, 1]
    assert [kept[row.id].attempts for row in taken] == [row.attempts for row in taken]
    assert {(row.available_at, row.lease_token) for row in taken} == {
        (row.available_at, row.lease_token) for row in kept.values()
    }


async def test_row_of_a_worker_that_died_is_found_again_after_its_lease() -> None:
    (row,) = await rows(1)
    (first,) = await take()

    assert await take(at=NOON + timedelta(seconds=119)) == []
    (second,) = await take(at=NOON + timedelta(seconds=120))

    assert (second.id, second.attempts) == (row.id, 2)
    assert second.lease_token != first.lease_token


async def test_takers_at_the_same_moment_never_share_a_row() -> None:
    made = await rows(60)

    taken = await asyncio.gather(*(take(limit=10) for _ in range(12)))

    ids = [row.id for batch in taken for row in batch]
    assert len(ids) == len(set(ids))
    left = [row.id for row in await take(limit=100)]
    assert sorted([*ids, *left]) == [row.id for row in made]
    assert {attempts for (attempts,) in await OutboxEvent.all().values_list("attempts")} == {1}
    if not REAL:
        assert left == []


async def test_finish_ends_the_row_once() -> None:
    await rows(1)
    (taken,) = await take()
    with clock.as_of(NOON):
        assert await queue.finish(taken)
    row = await OutboxEvent.get()
    assert (row.work_status, row.done_at, row.last_error) == (WorkStatus.DONE, NOON, "")
    assert await take(at=NOON + timedelta(days=1)) == []


async def test_worker_that_lost_its_lease_neither_finishes_nor_gives_back() -> None:
    await rows(1)
    (lost,) = await take()
    (owner,) = await take(at=NOON + timedelta(minutes=5))

    assert not await queue.finish(lost)
    await queue.put_back(lost, "late")

    row = await OutboxEvent.get()
    assert (row.work_status, row.last_error, row.lease_token) == (WorkStatus.PENDING, "", owner.lease_token)
    assert row.available_at == NOON + timedelta(minutes=7)
    assert await queue.finish(owner)


@pytest.mark.parametrize(
    ("attempts_before", "delay"),
    [(0, 1), (1, 2), (2, 4), (5, 32), (10, 1024), (11, 2048), (12, 3600), (18, 3600)],
)
async def test_row_given_back_waits_twice_as_long_each_time_up_to_an_hour(attempts_before: int, delay: int) -> None:
    await rows(1, attempts=attempts_before)
    (taken,) = await take()
    with clock.as_of(NOON):
        await queue.put_back(taken, "x" * 300)

    row = await OutboxEvent.get()
    assert (row.work_status, row.available_at) == (WorkStatus.PENDING, NOON + timedelta(seconds=delay))
    assert row.last_error == "x" * 200


async def test_first_delay_is_the_callers() -> None:
    await rows(1, attempts=1)
    (taken,) = await take()
    with clock.as_of(NOON):
        await queue.put_back(taken, "", first_delay=60.0)
    assert (await OutboxEvent.get()).available_at == NOON + timedelta(seconds=120)


@pytest.mark.parametrize(("attempts_before", "status"), [(18, WorkStatus.PENDING), (19, WorkStatus.DEAD)])
async def test_row_dies_after_twenty_attempts(attempts_before: int, status: WorkStatus) -> None:
    await rows(1, attempts=attempts_before)
    (taken,) = await take()
    with clock.as_of(NOON):
        await queue.put_back(taken, "broken")
    assert (await OutboxEvent.get()).work_status == status
    assert bool(await take(at=NOON + timedelta(days=1))) == (status == WorkStatus.PENDING)


async def test_row_about_money_never_dies() -> None:
    await rows(1, attempts=4_000_000)
    (taken,) = await take()
    with clock.as_of(NOON):
        await queue.put_back(taken, "refused", may_die=False)
    row = await OutboxEvent.get()
    assert (row.work_status, row.available_at) == (WorkStatus.PENDING, NOON + timedelta(hours=1))
