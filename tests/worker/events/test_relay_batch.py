"""Events of one taking are handled together: how many statements that costs, and what one bad event does."""

import asyncio
from collections import Counter
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest

from src.common import clock
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.work import queue
from src.worker.events import relay, taking
from src.worker.events.batches import Batch, Errors, Together
from src.worker.events.handlers import HANDLERS
from src.worker.events.relay import relay_outbox
from tests.app.product.captured import captured_sql

pytestmark = pytest.mark.usefixtures("empty")
TOPIC = "test.together"


async def happen(topic: str, *aggregates: str, **payload: Any) -> list[OutboxEvent]:
    now = clock.now()
    return [
        await OutboxEvent.create(topic=topic, aggregate=name, payload=payload, available_at=now, created_at=now)
        for name in aggregates
    ]


async def states() -> dict[str, tuple[WorkStatus, int, str]]:
    return {row.aggregate: (row.work_status, row.attempts, row.last_error) for row in await OutboxEvent.all()}


@pytest.mark.parametrize("count", [1, 20])
async def test_events_are_taken_by_two_statements_and_finished_by_one(count: int) -> None:
    await happen("nobody.cares", *(f"a:{number}" for number in range(count)))
    with captured_sql() as statements:
        assert await relay_outbox() == count

    assert [text.split()[0] for text in statements] == ["SELECT", "UPDATE", "UPDATE"]
    assert set((await states()).values()) == {(WorkStatus.DONE, 1, "")}


async def test_looking_for_events_without_any_costs_one_statement() -> None:
    with captured_sql() as statements:
        assert await relay_outbox() == 0
    assert len(statements) == 1


async def test_batch_that_fails_is_handled_one_by_one_and_only_the_bad_event_waits() -> None:
    told: list[list[str]] = []

    async def many(batch: Batch) -> Errors | None:
        names = [event.aggregate for event in batch.events]
        told.append(names)
        if "b" in names:
            raise LookupError
        return None

    HANDLERS[TOPIC] = (Together(many),)
    try:
        await happen(TOPIC, "a", "b", "c")
        assert await relay_outbox() == 3
    finally:
        del HANDLERS[TOPIC]
    assert told == [["a", "b", "c"], ["a"], ["b"], ["c"]]
    fine = (WorkStatus.DONE, 1, "")
    assert await states() == {"a": fine, "b": (WorkStatus.PENDING, 1, "LookupError"), "c": fine}


async def test_later_events_of_an_aggregate_are_handled_after_the_earlier_ones_of_all() -> None:
    steps: list[list[int]] = []

    async def many(batch: Batch) -> Errors:
        steps.append([event.id for event in batch.events])
        return {event.id: LookupError() for event in batch.events if event.aggregate == "b"}

    HANDLERS[TOPIC] = (Together(many),)
    try:
        first, second = await happen(TOPIC, "a", "b"), await happen(TOPIC, "a", "b")
        await relay_outbox()
    finally:
        del HANDLERS[TOPIC]
    assert steps == [[event.id for event in first], [second[0].id]]
    assert Counter([(row.work_status, row.attempts) for row in await OutboxEvent.all()]) == {
        (WorkStatus.DONE, 1): 2,
        (WorkStatus.PENDING, 1): 1,
        (WorkStatus.PENDING, 0): 1,
    }


async def test_events_that_fail_alike_are_put_back_by_one_statement() -> None:
    async def broken(_payload: dict[str, Any]) -> None:
        raise LookupError

    async def many(batch: Batch) -> Errors:
        return {event.id: LookupError() for event in batch.events}

    HANDLERS[TOPIC] = (Together(many), broken)
    HANDLERS["test.together.too"] = (Together(many),)
    try:
        await happen("test.together.too", *(f"a:{number}" for number in range(20)))
        with captured_sql() as statements:
            await relay_outbox()
    finally:
        del HANDLERS[TOPIC], HANDLERS["test.together.too"]
    assert [text.split()[0] for text in statements] == ["SELECT", "UPDATE", "UPDATE"]
    assert set((await states()).values()) == {(WorkStatus.PENDING, 1, "LookupError")}


async def test_events_behind_one_that_another_relay_took_first_are_left_to_it() -> None:
    """Between the reading and the taking another relay takes the first event of an aggregate."""
    read = [*await happen("nobody.cares", "a", "b"), *await happen("nobody.cares", "a")]
    first, other, second = read
    soon = clock.now() + timedelta(seconds=taking.LEASE_SECONDS)
    await OutboxEvent.filter(id=first.id).update(lease_token="other", available_at=soon)

    assert [event.id for event in await taking._lease(read, clock.now())] == [other.id]

    left = await OutboxEvent.get(id=second.id)
    assert (left.work_status, left.attempts) == (WorkStatus.PENDING, 0)
    assert await taking.take(10) == [], "it waits for the first one"


async def test_event_whose_lease_was_lost_is_not_finished_by_the_loser() -> None:
    async def many(batch: Batch) -> None:
        await OutboxEvent.filter(id=batch.events[0].id).update(lease_token=queue.new_lease())

    HANDLERS[TOPIC] = (Together(many),)
    try:
        await happen(TOPIC, "a", "b")
        await relay_outbox()
    finally:
        del HANDLERS[TOPIC]
    assert {name: state[0] for name, state in (await states()).items()} == {
        "a": WorkStatus.PENDING,
        "b": WorkStatus.DONE,
    }


async def test_relay_that_dies_in_the_middle_loses_no_event() -> None:
    """It is cancelled in a handler: what was handled before is done, the rest is taken after the lease."""
    reached = asyncio.Event()

    async def hangs(_payload: dict[str, Any]) -> None:
        reached.set()
        await asyncio.sleep(60)

    HANDLERS[TOPIC] = (hangs,)
    try:
        await happen("nobody.cares", "a")
        await happen(TOPIC, "b")
        working = asyncio.create_task(relay_outbox())
        await reached.wait()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    finally:
        del HANDLERS[TOPIC]
    assert {name: state[0] for name, state in (await states()).items()} == {
        "a": WorkStatus.DONE,
        "b": WorkStatus.PENDING,
    }
    with clock.as_of(clock.now() + 2 * taking.BEYOND):
        assert await relay_outbox() == 1


async def test_events_that_waited_long_for_room_are_handled_only_if_nobody_took_them() -> None:
    told: list[str] = []

    async def many(batch: Batch) -> None:
        told.extend(event.aggregate for event in batch.events)

    HANDLERS[TOPIC] = (Together(many),)
    try:
        await happen(TOPIC, "a", "b")
        held = await taking.take(10)
        payload = {"ids": [event.id for event in held], "lease": held[0].lease_token}
        await OutboxEvent.filter(id=held[0].id).update(lease_token=queue.new_lease())
        await relay._deliver_held(held, payload, since=monotonic() - relay.RENEW_SECONDS)
    finally:
        del HANDLERS[TOPIC]
    assert told == ["b"]
    assert {name: state[0] for name, state in (await states()).items()} == {
        "a": WorkStatus.PENDING,
        "b": WorkStatus.DONE,
    }
