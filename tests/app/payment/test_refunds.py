"""Refunds: the intent first, then the send; nothing is sent twice, whatever fails (docs/promises.md#p5)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from src.app.payment.models import Discrepancy, DiscrepancyKind, Payment, Refund, RefundAttempt, RefundStatus
from src.app.payment.services.provider.base import provider
from src.app.payment.services.refunds.sending import send_due
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.worker.jobs.run import run_job
from tests.app.payment.fakes import Between, using
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    Placed,
    at_provider,
    complete,
    control,
    delivered,
    faulty,
    later,
    payment_of,
    place,
)

PAID = 500  # won, instead of what was ordered: a mismatch, so all of it is to be refunded


@pytest.fixture
async def owed(client: httpx.AsyncClient) -> Placed:
    """An order whose payment is to be refunded: the intent is committed, nothing was sent."""
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=PAID)
    assert (await complete(client, placed.payment_id)).json()["code"] == "PAYMENT_MISMATCH"
    return placed


@pytest.fixture
async def between(owed: Placed) -> AsyncIterator[Between]:
    """The real provider, watched."""
    watched = Between(provider())
    with using(watched):
        yield watched


async def run(**delta: float) -> int:
    with later(**delta):
        return await run_job("send-refunds")


async def test_intent_is_committed_before_anything_is_sent(client: httpx.AsyncClient, owed: Placed) -> None:
    refund = await Refund.get()
    assert (refund.status, refund.work_status, refund.attempts) == (RefundStatus.REQUESTED, WorkStatus.PENDING, 0)
    assert (refund.amount, refund.cancellation_id, len(refund.idempotency_key)) == (PAID, None, 32)
    assert len(refund.refund_no) == 26
    assert await RefundAttempt.all().count() == 0
    assert await at_provider(client, owed.payment_id) == ("PAID", 0, [])


async def test_sent_refund_says_whose_it_is_and_is_done_when_the_provider_says_so(
    client: httpx.AsyncClient, owed: Placed, between: Between
) -> None:
    assert await run_job("send-refunds") == 1

    refund, attempt = await Refund.get(), await RefundAttempt.get()
    shown = (await client.get(f"/sandbox/control/payments/{owed.payment_id}")).json()["cancellations"][0]
    assert (refund.status, refund.work_status, refund.cancellation_id) == (
        RefundStatus.SUCCEEDED,
        WorkStatus.DONE,
        shown["id"],
    )
    assert shown["reason"] == f"결제 금액 불일치 자동 취소 {refund.refund_no}"
    assert (attempt.amount, attempt.cancellable, attempt.outcome) == (PAID, PAID, "SUCCEEDED")
    assert attempt.idempotency_key == refund.idempotency_key == between.keys[0]
    assert attempt.answered_at is not None
    assert between.amounts == [(PAID, PAID)]


async def test_finished_refund_is_mirrored_by_the_next_look_and_balances(
    client: httpx.AsyncClient, owed: Placed
) -> None:
    await run_job("send-refunds")
    await run_job("reread-payments")
    payment = await payment_of(owed.payment_id)
    refund = await Refund.get()
    assert (payment.status.value, payment.cancelled_amount) == ("CANCELLED", PAID)
    assert refund.amount + (payment.paid_amount - payment.cancelled_amount) == payment.paid_amount
    assert payment.next_reread_at is None
    assert await Discrepancy.filter(kind=DiscrepancyKind.EXTERNAL).count() == 0


async def test_own_cancellation_in_a_webhook_is_no_finding(client: httpx.AsyncClient, owed: Placed) -> None:
    await run_job("send-refunds")
    await delivered(client, owed.payment_id, 1)
    assert await run_job("process-inbox") == 1
    assert [row.kind for row in await Discrepancy.all()] == [DiscrepancyKind.MISMATCH]
    assert (await payment_of(owed.payment_id)).status.value == "CANCELLED"


async def test_answer_lost_after_the_work_was_done_cancels_once(
    client: httpx.AsyncClient, owed: Placed, between: Between
) -> None:
    async with faulty(client, "cancel", "error_500_after"):
        await run_job("send-refunds")

    refund = await Refund.get()
    assert (refund.status, refund.work_status, refund.attempts) == (RefundStatus.SENT, WorkStatus.PENDING, 1)
    assert (await RefundAttempt.get()).outcome == ""
    assert await at_provider(client, owed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED"])

    await run(seconds=5)
    refund = await Refund.get()
    assert (refund.status, refund.work_status, refund.amount) == (RefundStatus.SUCCEEDED, WorkStatus.DONE, PAID)
    assert await at_provider(client, owed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED"])
    assert len(between.keys) == 1
    assert await Discrepancy.filter(kind=DiscrepancyKind.EXTERNAL).count() == 0


@pytest.mark.parametrize("fault", ["error_500", "error_503", "error_429", "garbage"])
async def test_unknown_outcome_is_sent_again_with_the_same_key(
    client: httpx.AsyncClient, owed: Placed, between: Between, fault: str
) -> None:
    async with faulty(client, "cancel", fault):
        await run_job("send-refunds")
    assert (await Refund.get()).status == RefundStatus.SENT
    first_key = (await Refund.get()).idempotency_key

    await run(seconds=5)

    assert between.keys == [first_key, first_key]
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    assert [row.outcome for row in await RefundAttempt.all().order_by("id")] == ["", "SUCCEEDED"]
    assert await at_provider(client, owed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED"])


async def test_request_that_is_still_running_there_is_not_a_refusal(
    client: httpx.AsyncClient, owed: Placed, between: Between
) -> None:
    async with faulty(client, "cancel", "IDEMPOTENCY_OUTSTANDING_REQUEST"):
        await run_job("send-refunds")
    refund = await Refund.get()
    assert (refund.status, refund.last_error) == (RefundStatus.SENT, "IDEMPOTENCY_OUTSTANDING_REQUEST")
    assert refund.idempotency_key == between.keys[0]


@pytest.mark.parametrize("fault", ["pg_error_502", "cancel_failed", "MAX_CANCEL_COUNT_REACHED"])
async def test_refused_refund_is_sent_again_with_a_new_key(
    client: httpx.AsyncClient, owed: Placed, between: Between, fault: str
) -> None:
    async with faulty(client, "cancel", fault):
        await run_job("send-refunds")
    refund = await Refund.get()
    assert (refund.status, refund.work_status) == (RefundStatus.FAILED, WorkStatus.PENDING)
    assert refund.idempotency_key != between.keys[0]
    assert (await RefundAttempt.get()).outcome == {"pg_error_502": "PG_PROVIDER", "cancel_failed": "FAILED"}.get(
        fault, fault
    )

    await run(seconds=5)

    assert len(between.keys) == len(set(between.keys)) == 2
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    status, cancelled, states = await at_provider(client, owed.payment_id)
    assert (status, cancelled, states.count("SUCCEEDED")) == ("CANCELLED", PAID, 1)
    assert await Discrepancy.exclude(kind=DiscrepancyKind.MISMATCH).count() == 0


async def test_refund_refused_five_times_is_on_the_list_once_and_is_tried_for_ever(
    client: httpx.AsyncClient, owed: Placed, between: Between
) -> None:
    stubborn = Discrepancy.filter(kind=DiscrepancyKind.REFUND_FAILED)
    async with faulty(client, "cancel", "pg_error_502", times=30):
        for attempt in range(1, 26):
            assert await run(hours=2 * attempt) == 1
            assert await stubborn.count() == (1 if attempt >= 5 else 0)
    finding, refund = await stubborn.get(), await Refund.get()
    assert (finding.reference, finding.amount, finding.detail) == (refund.refund_no, PAID, "PG_PROVIDER")
    assert (refund.work_status, refund.attempts) == (WorkStatus.PENDING, 25)
    assert len(set(between.keys)) == 25

    await run(hours=100)
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    assert await at_provider(client, owed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED"])


async def test_provider_away_is_not_a_refusal(client: httpx.AsyncClient, owed: Placed, between: Between) -> None:
    async with faulty(client, "get", "error_500", times=30):
        for attempt in range(1, 8):
            assert await run(hours=2 * attempt) == 1
    refund = await Refund.get()
    assert (refund.status, refund.work_status, refund.attempts) == (RefundStatus.REQUESTED, WorkStatus.PENDING, 7)
    assert (between.keys, await RefundAttempt.all().count()) == ([], 0)
    assert await Discrepancy.filter(kind=DiscrepancyKind.REFUND_FAILED).count() == 0
    await run(hours=24)
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED


async def test_asynchronous_cancel_is_done_only_when_it_is(
    client: httpx.AsyncClient, owed: Placed, between: Between
) -> None:
    async with faulty(client, "cancel", "cancel_requested"):
        await run_job("send-refunds")
    refund = await Refund.get()
    assert (refund.status, refund.work_status) == (RefundStatus.PENDING_AT_PROVIDER, WorkStatus.PENDING)
    assert refund.cancellation_id is not None

    with later(seconds=59):
        assert await send_due() == 0
    await run(seconds=90)
    assert (await Refund.get()).status == RefundStatus.PENDING_AT_PROVIDER
    assert len(between.keys) == 1

    await control(client, owed.payment_id, "finish_cancel")
    await run(minutes=10)
    done = await Refund.get()
    assert (done.status, done.work_status, done.cancellation_id) == (
        RefundStatus.SUCCEEDED,
        WorkStatus.DONE,
        refund.cancellation_id,
    )
    assert await at_provider(client, owed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED"])
    assert await Discrepancy.filter(kind=DiscrepancyKind.EXTERNAL).count() == 0


async def test_webhook_ends_an_asynchronous_cancel_without_waiting_for_the_next_look(
    client: httpx.AsyncClient, owed: Placed
) -> None:
    async with faulty(client, "cancel", "cancel_requested"):
        await run_job("send-refunds")
    await control(client, owed.payment_id, "finish_cancel", webhook="send")
    await delivered(client, owed.payment_id, 2)

    await run_job("process-inbox")

    refund = await Refund.get()
    assert (refund.status, refund.work_status) == (RefundStatus.SUCCEEDED, WorkStatus.DONE)


async def test_asynchronous_cancel_that_failed_is_sent_again_with_a_new_key(
    client: httpx.AsyncClient, owed: Placed, between: Between
) -> None:
    async with faulty(client, "cancel", "cancel_requested"):
        await run_job("send-refunds")
    await control(client, owed.payment_id, "fail_cancel")

    await run(minutes=10)

    assert len(set(between.keys)) == 2, "PortOne replays the stored answer of a key for 3 hours"
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    assert await at_provider(client, owed.payment_id) == ("CANCELLED", PAID, ["FAILED", "SUCCEEDED"])


async def test_asynchronous_cancel_whose_failure_came_by_webhook_is_sent_again_with_a_new_key(
    client: httpx.AsyncClient, owed: Placed, between: Between
) -> None:
    async with faulty(client, "cancel", "cancel_requested"):
        await run_job("send-refunds")
    await control(client, owed.payment_id, "fail_cancel", webhook="send")
    await delivered(client, owed.payment_id, 2)
    await run_job("process-inbox")
    refund = await Refund.get()
    assert (refund.status, refund.cancellation_id) == (RefundStatus.FAILED, None)

    await run(minutes=10)

    assert len(set(between.keys)) == 2
    assert await at_provider(client, owed.payment_id) == ("CANCELLED", PAID, ["FAILED", "SUCCEEDED"])


async def test_senders_at_the_same_moment_send_once(client: httpx.AsyncClient, owed: Placed, between: Between) -> None:
    counts = await asyncio.gather(*(send_due() for _ in range(6)))
    assert sum(counts) == 1
    assert len(between.keys) == 1
    assert await at_provider(client, owed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED"])


async def test_sender_that_died_in_the_middle_is_followed_by_one_with_the_same_key(
    client: httpx.AsyncClient, owed: Placed, between: Between
) -> None:
    async def die() -> None:
        raise asyncio.CancelledError

    between.before_cancel = die
    with pytest.raises(asyncio.CancelledError):
        await send_due()
    between.before_cancel = Between(provider()).before_cancel
    assert (await Refund.get()).status == RefundStatus.SENT
    assert await run(seconds=119) == 0

    assert await run(seconds=121) == 1

    assert len(between.keys) == 2
    assert len(set(between.keys)) == 1
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    assert await at_provider(client, owed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED"])


async def test_many_refunds_are_each_sent_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=20)
    orders = [await place(client, (variant.id, 1)) for _ in range(12)]
    for placed in orders:
        await control(client, placed.payment_id, "pay_other_amount", amount=PAID)
        await complete(client, placed.payment_id)

    await asyncio.gather(*(run_job("send-refunds") for _ in range(3)))

    assert await Refund.filter(status=RefundStatus.SUCCEEDED).count() == 12
    for placed in orders:
        assert await at_provider(client, placed.payment_id) == ("CANCELLED", PAID, ["SUCCEEDED"])
    assert await Payment.filter(next_reread_at__lte=clock.now() + timedelta(seconds=1)).count() == 12
