"""Complete and webhook end in one settle: an order is PAID if and only if PortOne says so
(docs/promises.md#p3)."""

import asyncio

import httpx
import pytest

from src.app.order.models import Order, OrderEvent, OrderStatus
from src.app.payment.models import Discrepancy, Payment, PaymentStatus, PaymentVerdict, Refund
from src.common.models import InboxMessage, OutboxEvent
from src.common.models.work_item import WorkStatus
from src.worker.jobs.run import run_job
from tests.app.checkout.support import said
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    API,
    at_provider,
    complete,
    control,
    delivered,
    events_of,
    faulty,
    hops_of,
    later,
    ledger_of,
    pay_again,
    payment_of,
    place,
    read_order,
    stock_of,
)

UNAVAILABLE = (502, "PAYMENT_PROVIDER_UNAVAILABLE")


async def test_complete_before_anything_was_paid_is_not_paid(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))

    answer = await complete(client, placed.payment_id)

    assert said(answer) == (409, "PAYMENT_NOT_PAID")
    assert answer.json()["payment_status"] == "READY"
    assert (await read_order(client, placed))["status"] == "PENDING"
    assert await OrderEvent.all().count() == 1


async def test_complete_after_payment_settles(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    placed = await place(client, (first.id, 2), (second.id, 1))
    await control(client, placed.payment_id, "pay")

    answer = await complete(client, placed.payment_id)

    assert answer.status_code == 200
    assert answer.json() == {
        "order_no": placed.order_no,
        "order_status": "PAID",
        "payment_status": "PAID",
        "paid_with": "CARD",
        "failure_reason": None,
        "receipt_url": answer.json()["receipt_url"],
        "virtual_account": None,
    }
    assert answer.json()["receipt_url"].endswith(f"/receipts/{placed.payment_id}")
    order, payment = await Order.get(), await Payment.get()
    assert (payment.verdict, payment.settles_order_id, payment.next_reread_at) == (
        PaymentVerdict.SETTLED,
        order.id,
        None,
    )
    assert (payment.paid_amount, payment.cancelled_amount, payment.pg_provider) == (32_500, 0, "INICIS_V2")
    assert payment.paid_at is not None
    assert order.paid_at is not None
    assert (await ledger_of(first), await ledger_of(second)) == (
        [("HOLD", -2), ("SALE", 0)],
        [("HOLD", -1), ("SALE", 0)],
    )
    assert (await stock_of(first), await stock_of(second)) == (8, 9)
    assert await events_of(placed) == ["order.paid"]
    assert await hops_of(client, placed) == [(None, "PENDING", "guest"), ("PENDING", "PAID", "browser")]
    assert await Refund.all().count() == 0


async def test_any_number_of_completes_gives_the_same_end_and_asks_the_provider_once(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    first = await complete(client, placed.payment_id)

    async with faulty(client, "get", "error_500", times=5):
        repeats = [await complete(client, placed.payment_id) for _ in range(3)]

    assert {(answer.status_code, answer.content) for answer in repeats} == {(200, first.content)}
    assert await events_of(placed) == ["order.paid"]


async def test_webhook_alone_settles(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await control(client, placed.payment_id, "pay", webhook="send")
    (sent,) = await delivered(client, placed.payment_id, 1)
    assert (sent["status"], sent["attempts"][0]["response"]["code"]) == ("SUCCEEDED", 200)
    assert (await read_order(client, placed))["status"] == "PENDING"

    assert await run_job("process-inbox") == 1

    assert await hops_of(client, placed) == [(None, "PENDING", "guest"), ("PENDING", "PAID", "webhook")]
    assert await ledger_of(variant) == [("HOLD", -1), ("SALE", 0)]
    assert (await InboxMessage.get()).work_status == WorkStatus.DONE


@pytest.mark.parametrize("mode", ["twice", "before_redirect", "out_of_order"])
async def test_webhooks_in_any_number_and_order_settle_once(client: httpx.AsyncClient, mode: str) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await control(client, placed.payment_id, "pay", webhook=mode)
    await delivered(client, placed.payment_id, 1 if mode == "before_redirect" else 2)

    await run_job("process-inbox")
    answer = await complete(client, placed.payment_id)

    assert (answer.status_code, answer.json()["order_status"]) == (200, "PAID")
    assert await events_of(placed) == ["order.paid"]
    assert await ledger_of(variant) == [("HOLD", -1), ("SALE", 0)]
    assert await InboxMessage.all().count() == (2 if mode == "out_of_order" else 1)


async def test_webhook_ten_times_beside_complete_settles_once(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    placed = await place(client, (first.id, 1), (second.id, 1))
    for _ in range(5):
        await control(client, placed.payment_id, "fail", webhook="twice")
    await control(client, placed.payment_id, "pay", webhook="twice")
    await delivered(client, placed.payment_id, 12)

    completes = asyncio.gather(*(complete(client, placed.payment_id) for _ in range(4)))
    await asyncio.gather(*(run_job("process-inbox") for _ in range(4)))
    answers = await completes

    assert {(answer.status_code, answer.json()["order_status"]) for answer in answers} == {(200, "PAID")}
    assert await events_of(placed) == ["order.paid"]
    assert await OrderEvent.all().count() == 2
    assert (await ledger_of(first), await ledger_of(second)) == ([("HOLD", -1), ("SALE", 0)],) * 2
    assert (await Refund.all().count(), await Discrepancy.all().count()) == (0, 0)
    assert await at_provider(client, placed.payment_id) == ("PAID", 0, [])


async def test_forged_webhook_settles_nothing(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="forged")
    (sent,) = await delivered(client, placed.payment_id, 1)

    assert sent["attempts"][0]["response"]["code"] == 400
    assert await run_job("process-inbox") == 0
    assert (await read_order(client, placed))["status"] == "PENDING"
    assert await InboxMessage.all().count() == 0


async def test_failed_try_can_be_paid_with_the_same_payment_id(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "fail")

    failed = await complete(client, placed.payment_id)
    assert said(failed) == (409, "PAYMENT_NOT_PAID")
    assert failed.json()["payment_status"] == "FAILED"
    assert (await payment_of(placed.payment_id)).failure == "카드사에서 승인을 거절했습니다."

    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    assert await Payment.all().count() == 1


async def test_pending_payment_is_not_paid_yet_and_then_is(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_pending")

    pending = await complete(client, placed.payment_id)
    assert (said(pending), pending.json()["payment_status"]) == ((409, "PAYMENT_NOT_PAID"), "PAY_PENDING")

    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"


async def test_status_of_tomorrow_is_left_for_later(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    async with faulty(client, "get", "unknown_status"):
        answer = await complete(client, placed.payment_id)

    assert said(answer) == (409, "PAYMENT_NOT_PAID")
    assert (await payment_of(placed.payment_id)).status == PaymentStatus.READY
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"


async def test_fields_of_tomorrow_are_let_through(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    async with faulty(client, "get", "extra_fields"):
        assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"


@pytest.mark.parametrize("kind", ["error_500", "error_503", "error_429", "garbage", "pg_error_502", "UNAUTHORIZED"])
async def test_provider_that_cannot_be_asked_changes_nothing(client: httpx.AsyncClient, kind: str) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await control(client, placed.payment_id, "pay")
    before = await Payment.all().values()

    async with faulty(client, "get", kind):
        answer = await complete(client, placed.payment_id)

    assert said(answer) == UNAVAILABLE
    assert await Payment.all().values() == before
    assert (await read_order(client, placed))["status"] == "PENDING"
    assert await ledger_of(variant) == [("HOLD", -1)]
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"


async def test_webhook_while_the_provider_is_away_is_tried_again(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="send")
    await delivered(client, placed.payment_id, 1)

    async with faulty(client, "get", "error_503"):
        await run_job("process-inbox")
    waiting = await InboxMessage.get()
    assert (waiting.work_status, waiting.attempts, waiting.last_error) == (WorkStatus.PENDING, 1, UNAVAILABLE[1])
    assert (await read_order(client, placed))["status"] == "PENDING"

    with later(seconds=2):
        assert await run_job("process-inbox") == 1
    assert (await read_order(client, placed))["status"] == "PAID"
    assert (await InboxMessage.get()).work_status == WorkStatus.DONE


async def test_payment_can_be_read_at_any_time_without_asking_the_provider(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    path = f"{API}/payments/{placed.payment_id}"
    await control(client, placed.payment_id, "pay")
    unread = await client.get(path)
    assert unread.json() == {
        "order_no": placed.order_no,
        "order_status": "PENDING",
        "payment_status": "READY",
        "paid_with": None,
        "failure_reason": None,
        "receipt_url": None,
        "virtual_account": None,
    }

    done = await complete(client, placed.payment_id)

    async with faulty(client, "get", "error_500"):
        read = await client.get(path)
    assert (read.status_code, read.content, read.headers["cache-control"]) == (200, done.content, "no-store")


@pytest.mark.parametrize(
    "payment_id",
    ["01JGXTESTPAYMENT0000000001", "x", "%20", "%00", "주문-1", "..%2f..%2fadmin", "a" * 64, "%F0%9F%98%80"],
)
async def test_unknown_payment_is_not_found(client: httpx.AsyncClient, payment_id: str) -> None:
    read = await client.get(f"{API}/payments/{payment_id}")
    done = await client.post(f"{API}/payments/{payment_id}/complete")
    assert read.status_code == 404
    assert done.status_code == 404
    assert {read.json()["code"], done.json()["code"]} <= {"PAYMENT_NOT_FOUND", "NOT_FOUND"}


async def test_payment_id_with_a_blank_or_in_other_case_is_another_one(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    for other in (f"{placed.payment_id}%20", placed.payment_id.lower(), f"%20{placed.payment_id}"):
        assert said(await client.get(f"{API}/payments/{other}")) == (404, "PAYMENT_NOT_FOUND")
        assert said(await complete(client, other)) == (404, "PAYMENT_NOT_FOUND")


async def test_broken_sign_in_is_not_looked_at_where_the_payment_id_is_the_key(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    headers = {"Authorization": "Bearer broken"}
    assert (await client.get(f"{API}/payments/{placed.payment_id}", headers=headers)).status_code == 200
    answer = await client.post(f"{API}/payments/{placed.payment_id}/complete", headers=headers)
    assert said(answer) == (409, "PAYMENT_NOT_PAID")


async def test_second_try_paid_while_the_first_is_open_settles_and_the_first_is_watched(
    client: httpx.AsyncClient,
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, second, "pay")

    assert (await complete(client, second)).json()["order_status"] == "PAID"

    open_one, settling = await payment_of(placed.payment_id), await payment_of(second)
    order = await Order.get()
    assert (open_one.verdict, open_one.next_reread_at is not None) == (PaymentVerdict.NONE, True)
    assert (settling.verdict, settling.next_reread_at) == (PaymentVerdict.SETTLED, None)
    assert order.status == OrderStatus.PAID
    assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_NOT_PAID")
    assert await OutboxEvent.all().count() == 1
