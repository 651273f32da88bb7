"""Paid money is never without an order: what does not count is refunded, once (docs/promises.md#p4)."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from src.app.checkout.services.settling import settle
from src.app.order.models import Order
from src.app.payment.models import (
    Discrepancy,
    DiscrepancyKind,
    Payment,
    PaymentVerdict,
    Refund,
    RefundReason,
    RefundStatus,
)
from src.core.configs import settings, use
from src.worker.jobs.run import run_job
from tests.app.checkout.support import said
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    Placed,
    at_provider,
    complete,
    control,
    delivered,
    events_of,
    expire,
    faulty,
    hops_of,
    later,
    ledger_of,
    pay_again,
    payment_of,
    place,
    read_order,
    refund_of,
    stock_of,
)


async def refunded_once(client: httpx.AsyncClient, payment_id: str, total: int) -> None:
    """Send what is due, twice, and again a day later: one cancellation of everything, and we know of it."""
    for _ in range(2):
        await run_job("send-refunds")
    with later(days=1):
        await run_job("send-refunds")
    assert await at_provider(client, payment_id) == ("CANCELLED", total, ["SUCCEEDED"])
    refund = await refund_of(payment_id)
    assert (refund.status, refund.amount) == (RefundStatus.SUCCEEDED, total)


async def findings() -> list[tuple[str, str, str]]:
    return [(row.kind.value, row.reference, row.detail) for row in await Discrepancy.all().order_by("id")]


async def still_pending(client: httpx.AsyncClient, placed: Placed) -> None:
    assert (await read_order(client, placed))["status"] == "PENDING"
    assert await events_of(placed) == []


@pytest.mark.parametrize("amount", [1, 12_499, 12_501, 25_000])
async def test_wrong_amount_is_refused_noted_and_refunded_once(client: httpx.AsyncClient, amount: int) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=amount)

    answers = await asyncio.gather(*(complete(client, placed.payment_id) for _ in range(5)))
    assert {said(answer) for answer in answers} == {(409, "PAYMENT_MISMATCH")}

    payment = await payment_of(placed.payment_id)
    assert (payment.verdict, payment.settles_order_id) == (PaymentVerdict.MISMATCH, None)
    assert await findings() == [("MISMATCH", placed.payment_id, "total")]
    refund = await Refund.get()
    assert (refund.reason, refund.status, refund.amount) == (RefundReason.MISMATCH, RefundStatus.REQUESTED, amount)
    await still_pending(client, placed)
    assert await ledger_of(variant) == [("HOLD", -1)]

    await refunded_once(client, placed.payment_id, amount)
    assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_MISMATCH")
    await still_pending(client, placed)


async def test_amount_beyond_any_order_is_refunded_too(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=3_000_000_000)

    assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_MISMATCH")

    await refunded_once(client, placed.payment_id, 3_000_000_000)


@pytest.mark.parametrize(
    ("kind", "word"),
    [("other_store", "store"), ("other_currency", "currency"), ("other_amount", "total"), ("version_v1", "version")],
)
async def test_payment_of_another_kind_does_not_settle_and_is_refunded(
    client: httpx.AsyncClient, kind: str, word: str
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")

    async with faulty(client, "get", kind):
        assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_MISMATCH")

    assert await findings() == [("MISMATCH", placed.payment_id, word)]
    await still_pending(client, placed)
    await refunded_once(client, placed.payment_id, placed.total)


async def test_order_whose_payment_was_wrong_can_still_be_paid_rightly(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=100)
    await complete(client, placed.payment_id)
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, second, "pay")

    assert (await complete(client, second)).json()["order_status"] == "PAID"

    await refunded_once(client, placed.payment_id, 100)
    assert await at_provider(client, second) == ("PAID", 0, [])
    assert await stock_of(variant) == 9


async def test_second_payment_is_refunded_and_the_first_untouched(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, placed.payment_id, "pay")
    await control(client, second, "pay")
    await complete(client, placed.payment_id)

    assert said(await complete(client, second)) == (409, "ORDER_ALREADY_PAID")

    assert (await payment_of(second)).verdict == PaymentVerdict.DUPLICATE
    assert (await refund_of(second)).reason == RefundReason.DUPLICATE
    await refunded_once(client, second, placed.total)
    assert await at_provider(client, placed.payment_id) == ("PAID", 0, [])
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    assert await events_of(placed) == ["order.paid"]
    assert await ledger_of(variant) == [("HOLD", -1), ("SALE", 0)]
    assert await findings() == []


async def test_two_payments_settled_at_once_leave_one_paid_and_one_refunded(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=20)
    for _ in range(5):
        placed = await place(client, (variant.id, 1))
        second = (await pay_again(client, placed)).json()["payment_id"]
        both = [placed.payment_id, second]
        await asyncio.gather(*(control(client, payment_id, "pay") for payment_id in both))

        answers = await asyncio.gather(*(complete(client, payment_id) for payment_id in both * 3))

        assert {said(answer) for answer in answers} == {(200, ""), (409, "ORDER_ALREADY_PAID")}
        verdicts = sorted([(await payment_of(payment_id)).verdict.value for payment_id in both])
        assert verdicts == ["DUPLICATE", "SETTLED"]
        await run_job("send-refunds")
        assert sorted([(await at_provider(client, payment_id))[0] for payment_id in both]) == ["CANCELLED", "PAID"]
        assert await events_of(placed) == ["order.paid"]
    assert await Refund.all().count() == 5


async def test_late_payment_is_refunded_and_the_order_stays_expired(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 2))
    assert await expire(minutes=31) == 1
    await control(client, placed.payment_id, "pay", webhook="send")
    await delivered(client, placed.payment_id, 1)

    await run_job("process-inbox")
    assert said(await complete(client, placed.payment_id)) == (409, "ORDER_EXPIRED")

    assert (await payment_of(placed.payment_id)).verdict == PaymentVerdict.LATE
    assert (await refund_of(placed.payment_id)).reason == RefundReason.LATE
    await refunded_once(client, placed.payment_id, placed.total)
    assert await hops_of(client, placed) == [(None, "PENDING", "guest"), ("PENDING", "EXPIRED", "system")]
    assert await ledger_of(variant) == [("HOLD", -2), ("RELEASE", 2)]
    assert (await stock_of(variant), await events_of(placed)) == (10, ["order.expired"])


async def test_late_payment_of_a_wrong_amount_is_a_mismatch(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await expire(minutes=31)
    await control(client, placed.payment_id, "pay_other_amount", amount=5)
    assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_MISMATCH")
    await refunded_once(client, placed.payment_id, 5)


async def test_payment_partly_cancelled_in_the_console_before_we_saw_it_settles_nothing(
    client: httpx.AsyncClient,
) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await control(client, placed.payment_id, "pay")
    await control(client, placed.payment_id, "cancel", amount=500)

    assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_MISMATCH")

    rows = await Discrepancy.all().order_by("kind")
    assert [(row.kind, row.amount) for row in rows] == [
        (DiscrepancyKind.EXTERNAL, 500),
        (DiscrepancyKind.MISMATCH, placed.total),
    ]
    await still_pending(client, placed)
    await run_job("send-refunds")
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", placed.total, ["SUCCEEDED", "SUCCEEDED"])
    refund = await Refund.get()
    assert (refund.status, refund.amount) == (RefundStatus.SUCCEEDED, placed.total - 500)
    assert await Discrepancy.filter(kind=DiscrepancyKind.EXTERNAL).count() == 1


async def test_payment_wholly_cancelled_in_the_console_before_we_saw_it_is_not_paid(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await control(client, placed.payment_id, "pay")
    await control(client, placed.payment_id, "cancel")

    answer = await complete(client, placed.payment_id)

    assert (said(answer), answer.json()["payment_status"]) == ((409, "PAYMENT_NOT_PAID"), "CANCELLED")
    await still_pending(client, placed)
    assert [row.kind for row in await Discrepancy.all()] == [DiscrepancyKind.EXTERNAL]
    assert await Refund.all().count() == 0
    assert await expire(minutes=31) == 1
    assert await stock_of(variant) == 10


@pytest.mark.parametrize("amount", [500, None])
async def test_cancellation_by_somebody_else_after_settling_is_noted_once_and_moves_nothing(
    client: httpx.AsyncClient, amount: int | None
) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    cancelled = await control(client, placed.payment_id, "cancel", amount=amount, webhook="twice")
    await delivered(client, placed.payment_id, 2)

    for _ in range(3):
        await run_job("process-inbox")

    finding = await Discrepancy.get()
    assert (finding.kind, finding.reference, finding.amount) == (
        DiscrepancyKind.EXTERNAL,
        cancelled["cancellations"][0]["id"],
        amount or placed.total,
    )
    payment = await payment_of(placed.payment_id)
    assert (payment.verdict, payment.cancelled_amount) == (PaymentVerdict.SETTLED, amount or placed.total)
    assert payment.status.value == ("PARTIAL_CANCELLED" if amount else "CANCELLED")
    assert (await Order.get()).status.value == "PAID"
    assert await ledger_of(variant) == [("HOLD", -1), ("SALE", 0)]
    assert (await stock_of(variant), await Refund.all().count()) == (9, 0)


async def test_two_cancellations_by_somebody_else_are_two_findings(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    for amount in (300, 200):
        await control(client, placed.payment_id, "cancel", amount=amount, webhook="send")
    await delivered(client, placed.payment_id, 2)

    await run_job("process-inbox")

    assert sorted([row.amount for row in await Discrepancy.filter(kind=DiscrepancyKind.EXTERNAL)]) == [200, 300]
    payment = await Payment.get()
    assert (payment.paid_amount, payment.cancelled_amount) == (placed.total, 500)


async def test_test_channel_does_not_settle_in_production(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    chosen = settings()
    with use(replace(chosen, server=chosen.server.model_copy(update={"env": "prod"}))):
        settled = await settle(placed.payment_id, told_by="webhook")

    assert settled.payment.verdict == PaymentVerdict.MISMATCH
    assert await findings() == [("MISMATCH", placed.payment_id, "channel")]
    assert settled.order.status.value == "PENDING"


async def test_live_channel_settles_in_production(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    chosen = settings()
    with use(replace(chosen, server=chosen.server.model_copy(update={"env": "prod"}))):
        async with faulty(client, "get", "live_channel"):
            settled = await settle(placed.payment_id, told_by="webhook")

    assert settled.payment.verdict == PaymentVerdict.SETTLED
    assert settled.order.status.value == "PAID"
