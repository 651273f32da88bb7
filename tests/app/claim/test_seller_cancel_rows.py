"""판매자 취소: what it writes, and which rows it refuses (docs/promises.md#p14)."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.claim.models import SellerCancel
from src.app.journal.models import JournalEntry
from src.app.order.models import Order, OrderEffect, OrderEvent, OrderShippingRow
from src.app.payment.models import Discrepancy, DiscrepancyKind, Payment, Refund, RefundStatus
from src.app.pricing.services.refunds.reasons import GoodsReason
from src.common import clock
from src.worker.jobs.run import run_job
from tests.app.auth.support import code
from tests.app.claim.support import (
    API,
    all_promises_hold,
    bought,
    cancel,
    codes,
    line_no,
    line_of,
    preview,
    refunds,
    row,
)
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive
from tests.factories.orders import (
    events_of,
    new_key,
    order_of,
    payment_of,
    read_order,
    stock_of,
)

STAFF = ("order:read", "order:write")


async def test_timeline_log_and_journal_tell_of_it(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 2)
    price, fee = placed.body["lines"][0]["unit_price"], placed.body["shipping_fee"]
    headers = await headers_with(client, *STAFF)
    await cancel(client, headers, row(placed, units=1, refund=price))
    await cancel(client, headers, row(placed, units=1, refund=price + fee))
    hops = await OrderEvent.filter(counter="cancelled").order_by("id")
    assert [(hop.line_no, hop.units, hop.to_status, hop.reason) for hop in hops] == [
        (line_no(placed), 1, "PAID", "판매자 취소"),
        (line_no(placed), 1, "CANCELLED", "판매자 취소"),
    ]
    first, second = await audited("order_line.seller_cancelled")
    assert (first["target_id"], first["before"], second["before"]) == (
        line_no(placed),
        {"cancelled": 0},
        {"cancelled": 1},
    )
    assert second["after"] == {"cancelled": 2, "refund": price + fee, "reason": "SOLD_OUT", "is_restocked": False}
    owed = JournalEntry.filter(kind__in=["CANCELLED_GOODS", "SHIPPING_BACK"]).order_by("id")
    assert [(row_.kind.value, row_.amount, row_.line_no) for row_ in await owed] == [
        ("CANCELLED_GOODS", -price, line_no(placed)),
        ("CANCELLED_GOODS", -price, line_no(placed)),
        ("SHIPPING_BACK", -fee, line_no(placed)),
    ]
    assert (await events_of(placed)).count("order.lines_cancelled") == 2
    shown = await read_order(client, placed)
    assert shown["status"] == "CANCELLED"


async def test_rows_that_cannot_be_done_are_refused_and_keep_no_other(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 1, 1)
    unpaid, _ = await bought(client, 1)
    await Order.filter(order_no=unpaid.order_no).update(status="PENDING", paid_at=None)
    headers = await headers_with(client, *STAFF)
    one, two = (line["line_total"] for line in placed.body["lines"])
    unknown = {"line_no": "20991231-AAAAAAAA-01", "reason": "SOLD_OUT", "expected_refund": 1}
    body = await cancel(
        client,
        headers,
        row(placed, 1, refund=one),
        unknown,
        row(placed, 2, refund=two),
        row(placed, 2, refund=two),
        row(unpaid, refund=unpaid.total),
    )
    assert codes(body) == ["done", "LINE_NOT_FOUND", "LINE_TWICE", "LINE_TWICE", "ORDER_CANNOT_MOVE"]
    assert (body["done"], body["refused"], body["refund"]) == (1, 4, one)


@pytest.mark.parametrize("kind", [DiscrepancyKind.EXTERNAL, DiscrepancyKind.DISPUTE])
async def test_nothing_is_cancelled_while_the_payment_is_to_be_explained(
    client: httpx.AsyncClient, kind: DiscrepancyKind
) -> None:
    placed, (variant,) = await bought(client, 2)
    payment = await payment_of(placed.payment_id)
    await Discrepancy.create(kind=kind, reference="c-1", payment_id=payment.id, amount=1, created_at=clock.now())
    headers = await headers_with(client, *STAFF)
    assert codes(await cancel(client, headers, row(placed, refund=placed.total))) == ["REFUND_BLOCKED"]
    assert ((await line_of(placed)).cancelled, await stock_of(variant)) == (0, 48)
    assert (await SellerCancel.all().count(), await Refund.all().count()) == (0, 0)
    assert await events_of(placed) == ["order.paid"]


async def test_an_order_that_no_provider_was_paid_for_is_refused(client: httpx.AsyncClient) -> None:
    placed, (variant,) = await bought(client, 1)
    await Payment.all().update(settles_order_id=None)
    headers = await headers_with(client, *STAFF)
    assert codes(await cancel(client, headers, row(placed, refund=placed.total))) == ["BANK_REFUND_NEEDED"]
    assert ((await line_of(placed)).cancelled, await stock_of(variant)) == (0, 49)
    assert await SellerCancel.all().count() == 0


async def test_an_order_of_nothing_is_cancelled_without_a_refund(client: httpx.AsyncClient) -> None:
    placed, (variant,) = await bought(client, 1)
    await Payment.all().update(settles_order_id=None)
    line = await line_of(placed)
    parts = str(line.unit_price)
    order = await order_of(placed)
    await OrderEffect.create(
        order_id=order.id, line_no=line.line_no, place=1, kind="COUPON", amount=line.unit_price, parts=parts
    )
    await OrderShippingRow.all().delete()
    headers = await headers_with(client, *STAFF)
    assert codes(await cancel(client, headers, row(placed, refund=0))) == ["done"]
    assert (await Refund.all().count(), (await order_of(placed)).status.value) == (0, "CANCELLED")
    assert await stock_of(variant) == 49


async def test_an_order_of_a_release_without_parts_gets_them_first(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 1)
    await OrderShippingRow.all().delete()
    await Order.all().update(vat_amount=None)
    headers = await headers_with(client, *STAFF)
    assert refunds(await preview(client, headers, (line_no(placed), None))) == [placed.total]
    await OrderShippingRow.all().delete()
    await Order.all().update(vat_amount=None)
    assert codes(await cancel(client, headers, row(placed, refund=placed.total))) == ["done"]
    await all_promises_hold()


async def test_a_preview_changes_nothing_and_says_the_same_twice(client: httpx.AsyncClient) -> None:
    placed, (variant, _) = await bought(client, 2, 1)
    headers = await headers_with(client, "order:read")
    asked = [(line_no(placed, 1), None), (line_no(placed, 2), None)]
    first = await preview(client, headers, *asked)
    assert await preview(client, headers, *asked) == first
    assert first["refund"] == placed.total
    assert ((await line_of(placed)).cancelled, await stock_of(variant)) == (0, 48)
    twice = await preview(client, headers, asked[0], asked[0], ("20991231-AAAAAAAA-01", 1))
    assert codes(twice) == ["LINE_TWICE", "LINE_TWICE", "LINE_NOT_FOUND"]
    assert codes(await preview(client, headers, (line_no(placed), 3))) == ["UNITS_TAKEN"]


async def test_a_cancelled_order_moves_to_the_archive_and_its_lines_are_refused_there(
    client: httpx.AsyncClient,
) -> None:
    placed, _ = await bought(client, 1)
    headers = await headers_with(client, *STAFF)
    await cancel(client, headers, row(placed, refund=placed.total))
    await run_job("send-refunds")
    await asyncio.sleep(0.2)
    await run_job("process-inbox")
    assert await archive() == 1
    assert await SellerCancel.all().count() == 0
    assert codes(await cancel(client, headers, row(placed, refund=placed.total))) == ["WRONG_STATE"]
    assert await SellerCancel.all().count() == 1
    await all_promises_hold()


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "CHANGE_OF_MIND"},
        {"reason": "LOST"},
        {"expected_refund": -1},
        {"expected_refund": None},
        {"units": 0},
        {"restock": "perhaps"},
        {"line_no": "x"},
        {"price": 1},
    ],
)
async def test_a_wrong_row_is_refused(client: httpx.AsyncClient, changes: dict[str, Any]) -> None:
    headers = {**await headers_with(client, *STAFF), "Idempotency-Key": new_key()}
    good = {"line_no": "20991231-AAAAAAAA-01", "reason": "SOLD_OUT", "expected_refund": 1}
    answer = await client.post(API, json={"rows": [{**good, **changes}]}, headers=headers)
    assert answer.status_code == 422
    assert (await client.post(API, json={"rows": []}, headers=headers)).status_code == 422


async def test_only_who_may_cancels_and_only_under_a_key(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 1)
    body = {"rows": [row(placed, refund=placed.total)]}
    reader, writer = await headers_with(client, "order:read"), await headers_with(client, "order:write")
    assert (await client.post(API, json=body, headers={**reader, "Idempotency-Key": new_key()})).status_code == 403
    assert code(await client.post(API, json=body, headers=writer)) == (400, "IDEMPOTENCY_KEY_REQUIRED")
    assert (await client.post(f"{API}/preview", json={"rows": []}, headers=writer)).status_code == 403
    assert {reason.value for reason in GoodsReason} >= {"SOLD_OUT", "DELAYED"}


async def test_many_orders_at_once_keep_their_own_results(client: httpx.AsyncClient) -> None:
    placed = [(await bought(client, 1))[0] for _ in range(6)]
    headers = await headers_with(client, *STAFF)
    rows = [row(each, refund=each.total - (number == 3)) for number, each in enumerate(placed)]
    body = await cancel(client, headers, *rows)
    assert codes(body) == ["done", "done", "done", "REFUND_CHANGED", "done", "done"]
    assert [result["line_no"] for result in body["results"]] == [line_no(each) for each in placed]
    assert await run_job("send-refunds") == 5
    assert [refund.status for refund in await Refund.all()] == [RefundStatus.SUCCEEDED] * 5
    await run_job("reread-payments")
    await all_promises_hold()


async def test_the_desk_shows_the_refund_of_a_cancel_and_what_may_be_done_with_it(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 2)
    price = placed.body["lines"][0]["unit_price"]
    headers = await headers_with(client, *STAFF)
    await cancel(client, headers, row(placed, units=1, refund=price))
    shown = (await client.get(f"/api/v1/admin/orders/{placed.order_no}", headers=headers)).json()
    (refund,) = shown["payments"][0]["refunds"]
    held = await Refund.get()
    assert (refund["id"], refund["cause"], refund["amount"]) == (held.id, held.cause, price)
    assert (refund["means"], refund["status"], refund["allowed_actions"]) == ("PROVIDER", "REQUESTED", ["RETRY"])
    assert refund["due_on"] == held.due_on.isoformat()  # type: ignore[union-attr]
    assert "SELLER_CANCEL" in shown["lines"][0]["allowed_actions"]
    await run_job("send-refunds")
    shown = (await client.get(f"/api/v1/admin/orders/{placed.order_no}", headers=headers)).json()
    assert shown["payments"][0]["refunds"][0]["allowed_actions"] == []
