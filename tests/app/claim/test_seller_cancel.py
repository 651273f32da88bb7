"""판매자 취소: units leave an order before shipping, and what was paid for them goes back to the won
(docs/promises.md#p14)."""

import asyncio

import httpx

from src.app.claim.models import SellerCancel, SellerCancelLine, SellerCancelRow
from src.app.order.models import OrderEffect
from src.app.payment.models import Discrepancy, Refund, RefundStatus
from src.worker.jobs.run import run_job
from tests.app.claim.support import (
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
from tests.app.staff.people import headers_with
from tests.factories.orders import (
    at_provider,
    ledger_of,
    new_key,
    order_of,
    stock_of,
)

STAFF = ("order:read", "order:write")


async def test_a_part_of_a_line_is_cancelled_and_its_money_goes_back(client: httpx.AsyncClient) -> None:
    placed, (variant,) = await bought(client, 3)
    price = placed.body["lines"][0]["unit_price"]
    headers = await headers_with(client, *STAFF)
    shown = await preview(client, headers, (line_no(placed), 1))
    assert (codes(shown), refunds(shown), shown["refund"]) == (["done"], [price], price)

    body = await cancel(client, headers, row(placed, units=1, refund=price))

    assert (body["done"], body["refused"], codes(body), refunds(body)) == (1, 0, ["done"], [price])
    assert body["results"][0]["rows"] == shown["results"][0]["rows"]
    line = await line_of(placed)
    assert (line.cancelled, line.status.value, (await order_of(placed)).status.value) == (1, "PAID", "PAID")
    refund = await Refund.get()
    assert (refund.reason.value, refund.amount, refund.status.value) == ("CANCEL", price, "REQUESTED")
    assert refund.cause == f"cancel:{(await SellerCancel.get()).id}"
    assert await at_provider(client, placed.payment_id) == ("PAID", 0, [])
    assert await ledger_of(variant) == [("HOLD", -3), ("SALE", 0), ("WRITE_OFF", 0)]
    await all_promises_hold()

    await run_job("send-refunds")
    assert await at_provider(client, placed.payment_id) == ("PARTIAL_CANCELLED", price, ["SUCCEEDED"])
    await run_job("reread-payments")
    assert (await Refund.get()).status == RefundStatus.SUCCEEDED
    assert await Discrepancy.all().count() == 0
    await all_promises_hold()


async def test_the_last_line_takes_the_shipping_and_the_order_with_it(client: httpx.AsyncClient) -> None:
    placed, variants = await bought(client, 1, 2)
    fee = placed.body["shipping_fee"]
    assert fee > 0
    one, two = (line["line_total"] for line in placed.body["lines"])
    headers = await headers_with(client, *STAFF)

    body = await cancel(
        client,
        headers,
        row(placed, 1, refund=one, reason="DELAYED"),
        row(placed, 2, refund=two + fee, reason="SOLD_OUT"),
    )

    assert (codes(body), refunds(body), body["refund"]) == (["done", "done"], [one, two + fee], placed.total)
    assert [each["kind"] for each in body["results"][1]["rows"]] == ["GOODS", "SHIPPING_BACK"]
    order = await order_of(placed)
    assert (order.status.value, order.ended_at is not None, order.total) == ("CANCELLED", True, placed.total)
    assert [(await line_of(placed, number)).status.value for number in (1, 2)] == ["CANCELLED"] * 2
    assert [await stock_of(variant) for variant in variants] == [50, 48]
    assert await ledger_of(variants[0]) == [("HOLD", -1), ("SALE", 0), ("RESTOCK", 1)]
    assert await ledger_of(variants[1]) == [("HOLD", -2), ("SALE", 0), ("WRITE_OFF", 0)]
    assert await Refund.all().count() == 1
    await run_job("send-refunds")
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", placed.total, ["SUCCEEDED"])
    await run_job("reread-payments")
    await all_promises_hold()


async def test_a_line_is_cancelled_in_parts_to_the_last_won(client: httpx.AsyncClient) -> None:
    placed, (variant,) = await bought(client, 3)
    price, fee = placed.body["lines"][0]["unit_price"], placed.body["shipping_fee"]
    headers = await headers_with(client, *STAFF)
    for sum_of_one in (price, price, price + fee):
        assert codes(await cancel(client, headers, row(placed, units=1, refund=sum_of_one))) == ["done"]
        await run_job("send-refunds")
    assert [line.first_unit for line in await SellerCancelLine.all().order_by("id")] == [0, 1, 2]
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", placed.total, ["SUCCEEDED"] * 3)
    vats = [refund.vat_amount or 0 for refund in await Refund.all()]
    assert sum(vats) == (await order_of(placed)).vat_amount
    assert await stock_of(variant) == 47
    assert (await line_of(placed)).status.value == "CANCELLED"
    await run_job("reread-payments")
    await all_promises_hold()


async def test_what_lies_on_a_unit_goes_back_with_it(client: httpx.AsyncClient) -> None:
    """Stored parts, as coupons and points will store them: 1,000 of coupon and 2,000 points on three units."""
    placed, _ = await bought(client, 3)
    order, line = await order_of(placed), await line_of(placed)
    for place, (kind, parts) in enumerate((("COUPON", "334,333*2"), ("POINTS", "666,667*2")), start=1):
        amount = 1_000 if kind == "COUPON" else 2_000
        await OrderEffect.create(
            order_id=order.id, line_no=line.line_no, place=place, kind=kind, amount=amount, parts=parts
        )
    price = line.unit_price
    headers = await headers_with(client, *STAFF)
    shown = await preview(client, headers, (line.line_no, 1))
    assert refunds(shown) == [price - 1_000]
    body = await cancel(client, headers, row(placed, units=1, refund=price - 1_000))
    assert [(each["kind"], each["amount"]) for each in body["results"][0]["rows"]] == [
        ("GOODS", price),
        ("COUPON", -334),
        ("POINTS", -666),
    ]
    assert body["results"][0]["points"] == 666
    assert refunds(await preview(client, headers, (line.line_no, 1))) == [price - 1_000]
    assert (await SellerCancel.get()).points == 666
    assert await SellerCancelRow.all().count() == 3


async def test_another_sum_than_expected_is_refused_with_the_fresh_one(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 1, 1)
    one, two = (line["line_total"] for line in placed.body["lines"])
    headers = await headers_with(client, *STAFF)
    body = await cancel(client, headers, row(placed, 1, refund=one - 1), row(placed, 2, refund=two))
    assert codes(body) == ["REFUND_CHANGED", "done"]
    refused = body["results"][0]
    assert (refused["outcome"], refused["refund"], refused["units"], refused["retryable"]) == ("refused", one, 1, False)
    assert refused["rows"][0]["amount"] == one
    assert ((await line_of(placed, 1)).cancelled, (await line_of(placed, 2)).cancelled) == (0, 1)
    # The other line is the last one now: shipping goes back with it.
    fee = placed.body["shipping_fee"]
    again = await cancel(client, headers, row(placed, 1, refund=one))
    assert (codes(again), refunds(again)) == (["REFUND_CHANGED"], [one + fee])
    assert codes(await cancel(client, headers, row(placed, 1, refund=one + fee))) == ["done"]
    await all_promises_hold()


async def test_the_same_request_again_cancels_nothing_more(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 3)
    price = placed.body["lines"][0]["unit_price"]
    headers, key = await headers_with(client, *STAFF), new_key()
    first = await cancel(client, headers, row(placed, units=1, refund=price), key=key)
    again = await cancel(client, headers, row(placed, units=1, refund=price), key=key)
    assert again == first
    assert ((await line_of(placed)).cancelled, await Refund.all().count()) == (1, 1)
    other = await cancel(client, headers, row(placed, units=2, refund=2 * price), key=key)
    assert codes(other) == ["IDEMPOTENCY_KEY_REUSED"]
    another = await headers_with(client, *STAFF)
    assert codes(await cancel(client, another, row(placed, units=1, refund=price), key=key)) == ["done"]
    assert (await line_of(placed)).cancelled == 2


async def test_the_same_request_twice_at_once_cancels_once(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 3)
    price = placed.body["lines"][0]["unit_price"]
    headers, key = await headers_with(client, *STAFF), new_key()
    asked = row(placed, units=1, refund=price)
    bodies = await asyncio.gather(*(cancel(client, headers, asked, key=key) for _ in range(3)))
    assert all(body == bodies[0] for body in bodies)
    assert ((await line_of(placed)).cancelled, await SellerCancel.all().count()) == (1, 1)


async def test_two_staff_cancel_one_unit_and_one_of_them_is_told_so(client: httpx.AsyncClient) -> None:
    placed, (variant,) = await bought(client, 1)
    both = [await headers_with(client, *STAFF) for _ in range(2)]
    bodies = await asyncio.gather(*(cancel(client, each, row(placed, refund=placed.total)) for each in both))
    assert sorted(codes(bodies[0]) + codes(bodies[1])) == ["WRONG_STATE", "done"]
    assert (await Refund.get()).amount == placed.total
    assert await stock_of(variant) == 49
    await all_promises_hold()


async def test_cancel_and_shipping_at_the_same_moment_never_take_the_same_unit(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 1)
    headers = await headers_with(client, *STAFF)
    parcel = {"line_no": line_no(placed), "courier": "CJ", "tracking_no": "612345678901"}
    sent, body = await asyncio.gather(
        client.post("/api/v1/admin/shipments", json={"rows": [parcel]}, headers=headers),
        cancel(client, headers, row(placed, refund=placed.total)),
    )
    line = await line_of(placed)
    assert (line.shipped, line.cancelled) in [(1, 0), (0, 1)]
    assert sorted([codes(body)[0] == "done", sent.json()["done"] == 1]) == [False, True]
    assert await Refund.all().count() == line.cancelled
    await all_promises_hold()


async def test_what_was_sent_is_not_cancelled_but_the_rest_of_the_line_is(client: httpx.AsyncClient) -> None:
    placed, _ = await bought(client, 3)
    price = placed.body["lines"][0]["unit_price"]
    headers = await headers_with(client, *STAFF)
    parcel = {"line_no": line_no(placed), "courier": "CJ", "tracking_no": "612345678901", "units": 1}
    sent = await client.post("/api/v1/admin/shipments", json={"rows": [parcel]}, headers=headers)
    number = sent.json()["results"][0]["shipment"]
    body = {"state": "DELIVERED", "reason": "수령 확인"}
    assert (await client.patch(f"/api/v1/admin/shipments/{number}", json=body, headers=headers)).status_code == 200
    assert codes(await cancel(client, headers, row(placed, units=3, refund=3 * price))) == ["UNITS_TAKEN"]
    assert codes(await cancel(client, headers, row(placed, refund=2 * price))) == ["done"]
    line = await line_of(placed)
    assert (line.cancelled, line.status.value, line.shipping_status.value) == (2, "DELIVERED", "DELIVERED")
    assert line.delivered_at is not None
    assert codes(await cancel(client, headers, row(placed, refund=price))) == ["WRONG_STATE"]


async def test_restocked_or_written_off_as_the_row_says(client: httpx.AsyncClient) -> None:
    placed, variants = await bought(client, 1, 1, 1)
    totals = [line["line_total"] for line in placed.body["lines"]]
    headers = await headers_with(client, *STAFF)
    await cancel(
        client,
        headers,
        row(placed, 1, refund=totals[0], restock=True),
        row(placed, 2, refund=totals[1], reason="WRONG_ITEM", restock=False),
        row(placed, 3, refund=totals[2] + placed.body["shipping_fee"], reason="MISSING_ITEM"),
    )
    assert [await stock_of(variant) for variant in variants] == [50, 49, 50]
    assert [line.is_restocked for line in await SellerCancelLine.all().order_by("id")] == [True, False, True]
