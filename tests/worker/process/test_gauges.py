"""What is looked up for Prometheus is what the tables say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.payment.services.refunds.lateness import promised_since
from src.common import clock
from src.common.models import InboxMessage, Job, OutboxEvent
from src.common.models.work_item import WorkStatus
from src.core.redis import redis
from src.worker.jobs.run import run_job
from src.worker.process import gauges
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_variant
from tests.factories.orders import control, place


async def test_an_empty_shop_has_nothing_waiting(client: httpx.AsyncClient) -> None:
    said = await gauges.database()
    assert said[gauges.WORK_WAITING] == {("outbox",): 0, ("inbox",): 0, ("refund",): 0, ("restock_alert",): 0}
    assert said[gauges.WORK_OLDEST] == {("outbox",): 0.0, ("inbox",): 0.0, ("refund",): 0.0}
    assert said[gauges.UNITS_HELD] == {(): 0}
    assert said[gauges.REFUNDS_LATE] == {("unsent",): 0, ("overdue",): 0}
    assert said[gauges.DISCREPANCIES] == {
        ("EXTERNAL",): 0, ("MISMATCH",): 0, ("NEEDS_ACCOUNT",): 0, ("REFUND_FAILED",): 0, ("UNKNOWN_PAYMENT",): 0,
        ("DISPUTE",): 0, ("UNCLEARED",): 0, ("REFUND_BLOCKED",): 0,
        ("ESCROW_REJECTED",): 0, ("DEPOSIT_SHORT",): 0, ("DEPOSIT_SURPLUS",): 0, ("DEPOSIT_LATE",): 0,
    }  # fmt: skip
    assert said[gauges.JOB_OVERDUE] == {}


async def test_unpaid_orders_and_their_units_are_held_until_they_are_over(client: httpx.AsyncClient) -> None:
    variants = [await make_variant() for _ in range(2)]
    await place(client, (variants[0].id, 2), (variants[1].id, 3))
    await place(client, (variants[0].id, 1))
    said = await gauges.database()
    assert said[gauges.UNPAID_ORDERS] == {("PENDING",): 2, ("AWAITING_DEPOSIT",): 0}
    assert said[gauges.UNITS_HELD] == {(): 6}
    assert said[gauges.HOLDS_OVERDUE] == {(): 0}
    with clock.as_of(clock.now() + timedelta(days=1)):
        assert (await gauges.database())[gauges.HOLDS_OVERDUE] == {(): 2}


async def work(model: type[OutboxEvent] | type[InboxMessage], status: WorkStatus, at: datetime, number: int) -> None:
    own: dict[str, Any] = (
        {"topic": "x", "aggregate": "x:1", "payload": {}, "created_at": at}
        if model is OutboxEvent
        else {"source": "portone", "message_id": str(number), "body": "{}", "received_at": at}
    )
    # One that failed lately is not due: it waits all the same.
    await model.create(work_status=status, available_at=at + timedelta(hours=1), **own)


async def test_work_is_as_old_as_its_row_whatever_its_next_try(client: httpx.AsyncClient) -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    for model in (OutboxEvent, InboxMessage):
        await work(model, WorkStatus.PENDING, now - timedelta(minutes=5), 1)
        await work(model, WorkStatus.PENDING, now - timedelta(minutes=20), 2)
        await work(model, WorkStatus.DEAD, now - timedelta(days=3), 3)
        await work(model, WorkStatus.DONE, now - timedelta(days=9), 4)
    with clock.as_of(now):
        said = await gauges.database()
    assert said[gauges.WORK_WAITING] == {("outbox",): 2, ("inbox",): 2, ("refund",): 0, ("restock_alert",): 0}
    assert said[gauges.WORK_DEAD] == {("outbox",): 1, ("inbox",): 1, ("refund",): 0}
    assert said[gauges.WORK_OLDEST] == {("outbox",): 1200.0, ("inbox",): 1200.0, ("refund",): 0.0}


async def test_a_refund_is_late_when_it_is_unsent_for_an_hour_and_overdue_after_three_business_days(
    client: httpx.AsyncClient,
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=placed.total + 1)
    await client.post(f"/api/v1/payments/{placed.payment_id}/complete")
    now = clock.now()
    said = await gauges.database()
    assert said[gauges.REFUNDS_LATE] == {("unsent",): 0, ("overdue",): 0}
    assert said[gauges.WORK_WAITING]["refund",] == 1
    assert said[gauges.DISCREPANCIES]["MISMATCH",] == 1
    with clock.as_of(now + timedelta(hours=1, minutes=1)):
        assert (await gauges.database())[gauges.REFUNDS_LATE] == {("unsent",): 1, ("overdue",): 0}
    with clock.as_of(now + timedelta(days=6)):
        assert (await gauges.database())[gauges.REFUNDS_LATE] == {("unsent",): 1, ("overdue",): 1}
    await run_job("send-refunds")
    with clock.as_of(now + timedelta(days=6)):
        assert (await gauges.database())[gauges.REFUNDS_LATE] == {("unsent",): 0, ("overdue",): 0}


@pytest.mark.parametrize(
    ("now", "since"),
    [
        ("2026-11-20T09:00:00+09:00", "2026-11-17T09:00:00+09:00"),  # a Friday: Tuesday
        ("2026-11-23T09:00:00+09:00", "2026-11-18T09:00:00+09:00"),  # a Monday: Wednesday
        ("2026-11-22T09:00:00+09:00", "2026-11-18T09:00:00+09:00"),  # a Sunday: Wednesday
        ("2026-11-22T20:00:00+00:00", "2026-11-18T05:00:00+09:00"),  # a Monday morning in Korea
    ],
)
def test_business_days_are_counted_back_in_korea(now: str, since: str) -> None:
    assert promised_since(datetime.fromisoformat(now)) == datetime.fromisoformat(since)


async def test_a_job_is_overdue_unless_somebody_runs_it(client: httpx.AsyncClient) -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    past, later = now - timedelta(minutes=15), now + timedelta(seconds=20)
    await Job.create(name="left", lease_until=past, next_run_at=past)
    await Job.create(name="running", lease_until=later, next_run_at=past, holder="x")
    await Job.create(name="waiting", lease_until=past, next_run_at=later)
    with clock.as_of(now):
        said = await gauges.database()
    assert said[gauges.JOB_OVERDUE] == {("left",): 900.0, ("running",): 0.0, ("waiting",): 0.0}


async def test_a_look_is_the_same_few_statements_however_much_there_is(client: httpx.AsyncClient) -> None:
    with captured_sql() as few:
        await gauges.database()
    for _ in range(3):
        await place(client, ((await make_variant()).id, 1))
    with captured_sql() as many:
        await gauges.database()
    assert len(few) == len(many) <= 20


async def test_queues_tell_their_length_what_is_taken_and_since_when(client: httpx.AsyncClient) -> None:
    said = await gauges.queues()
    assert said[gauges.QUEUE_LENGTH] == {("high",): 0, ("normal",): 0, ("low",): 0}
    assert said[gauges.QUEUE_OLDEST] == {("high",): 0.0, ("normal",): 0.0, ("low",): 0.0}
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    began = int(now.timestamp() * 1000)
    await redis().xgroup_create("shop:tasks:high", "shop", id="0", mkstream=True)
    for number in range(3):
        await redis().xadd("shop:tasks:high", {"task": "x"}, id=f"{began + number * 1000}-0")
    await redis().xadd("shop:tasks:low", {"task": "x"})
    await redis().xreadgroup("shop", "one", {"shop:tasks:high": ">"}, count=2)
    with clock.as_of(now + timedelta(minutes=10)):
        said = await gauges.queues()
    assert said[gauges.QUEUE_LENGTH] == {("high",): 3, ("normal",): 0, ("low",): 1}
    assert said[gauges.QUEUE_PENDING] == {("high",): 2, ("normal",): 0, ("low",): 0}
    assert said[gauges.QUEUE_OLDEST] == {("high",): 600.0, ("normal",): 0.0, ("low",): 0.0}
