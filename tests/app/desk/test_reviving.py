"""An expired order is brought back by staff: at its old prices, once, with its stock or not at all."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderArchive, OrderLine, OrderRevival, OrderShippingRow, OrderStatus
from src.app.order.services.effects.invariants import parts_add_up
from src.app.order.services.invariants import ended_orders_hold_nothing
from src.app.payment.models import Discrepancy, PaymentVerdict
from src.app.product.models import Product, Variant
from src.app.product.services.stock.invariants import lines_give_back_what_they_took
from src.app.shipping.models import FeePer, ShippingProductFee, ShippingRule
from src.common import clock
from src.common.records.invariants import EVERYTHING, Look
from src.worker.jobs.run import run_job
from tests.app.deposit.support import deposit, make_account
from tests.app.desk.test_changes import said
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive, archived_and_live
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    API,
    Placed,
    cancel_order,
    complete,
    control,
    expire,
    faulty,
    hops_of,
    ledger_of,
    order_of,
    pay_again,
    payment_of,
    place,
    read_order,
    refund_of,
    stock_of,
)

pytestmark = pytest.mark.usefixtures("empty")

REASON = "고객 요청"


async def expired(client: httpx.AsyncClient, *lines: tuple[Variant, int]) -> Placed:
    placed = await place(client, *((variant.id, quantity) for variant, quantity in lines))
    assert await expire(minutes=31) == 1
    return placed


async def revive(client: httpx.AsyncClient, headers: dict[str, str], placed: Placed, **body: Any) -> httpx.Response:
    url = f"{API}/admin/orders/{placed.order_no}/revive"
    return await client.post(url, json={"reason": REASON, **body}, headers=headers)


async def paid_anew(client: httpx.AsyncClient, placed: Placed) -> int:
    """Open another payment, pay it; the won that it was over."""
    opened = await pay_again(client, placed)
    assert opened.status_code == 201, opened.text
    payment_id = opened.json()["payment_id"]
    await control(client, payment_id, "pay")
    assert (await complete(client, payment_id)).json()["order_status"] == "PAID"
    total: int = opened.json()["total_amount"]
    return total


async def all_is_well() -> bool:
    look = Look("x", EVERYTHING)
    return [*await lines_give_back_what_they_took(look), *await ended_orders_hold_nothing(look)] == [] and (
        await parts_add_up(look) == []
    )


async def test_a_revived_order_is_held_and_paid_like_any(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=20_000)
    placed = await expired(client, (variant, 2))
    await Product.filter(id=variant.product_id).update(price=99_000, origin_price=99_000)
    headers = await headers_with(client, "order:read", "order:write")
    assert (
        "REVIVE"
        in (await client.get(f"{API}/admin/orders/{placed.order_no}", headers=headers)).json()["allowed_actions"]
    )

    answer = await revive(client, headers, placed, hours=24)

    assert answer.status_code == 200, answer.text
    order = await order_of(placed)
    row = await OrderRevival.get(order_id=order.id)
    assert (answer.json()["status"], answer.json()["total"]) == ("PENDING", placed.total)
    assert (order.status, order.ended_at, order.revival_id) == (OrderStatus.PENDING, None, row.id)
    assert timedelta(hours=23, minutes=59) < order.expires_at - clock.now() <= timedelta(hours=24)
    assert await stock_of(variant) == 8
    assert await ledger_of(variant) == [("HOLD", -2), ("RELEASE", 2), ("HOLD", -2)]
    assert (await hops_of(client, placed))[-1] == ("EXPIRED", "PENDING", "staff")
    (log,) = await audited("order.revived")
    assert (log["before"]["status"], log["after"]["status"], log["reason"]) == ("EXPIRED", "PENDING", REASON)
    assert await paid_anew(client, placed) == placed.total
    assert await stock_of(variant) == 8
    assert await all_is_well()


async def test_it_expires_and_is_revived_and_cancelled_again(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await expired(client, (variant, 3))
    headers = await headers_with(client, "order:write")
    for _ in range(2):
        assert (await revive(client, headers, placed)).status_code == 200
        assert await stock_of(variant) == 7
        assert await expire(minutes=31) == 1
        assert await stock_of(variant) == 10
    assert (await revive(client, headers, placed)).status_code == 200
    assert (await cancel_order(client, placed)).status_code == 200
    assert await stock_of(variant) == 10
    assert said(await revive(client, headers, placed)) == (409, "ORDER_CANNOT_MOVE")
    assert await all_is_well()


async def test_revived_twice_and_at_once_holds_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await expired(client, (variant, 4))
    headers = await headers_with(client, "order:write")

    both = await asyncio.gather(*(revive(client, headers, placed) for _ in range(2)))
    again = await revive(client, headers, placed)

    assert [answer.status_code for answer in (*both, again)] == [200, 200, 200]
    assert (await stock_of(variant), await OrderRevival.all().count()) == (6, 1)


async def test_what_is_short_is_named_and_nothing_is_held(client: httpx.AsyncClient) -> None:
    first, second, third = [await make_variant() for _ in range(3)]
    placed = await expired(client, (first, 2), (second, 2), (third, 2))
    await Variant.filter(id__in=[second.id, third.id]).update(stock=1)

    answer = await revive(client, await headers_with(client, "order:write"), placed)

    assert said(answer) == (409, "STOCK_SHORT")
    assert answer.json()["lines"] == [
        {"line_no": f"{placed.order_no}-02", "left": 1},
        {"line_no": f"{placed.order_no}-03", "left": 1},
    ]
    assert (await order_of(placed)).status == OrderStatus.EXPIRED
    assert (await Variant.get(id=first.id)).stock == 10
    assert await OrderRevival.all().count() == 0


async def test_it_goes_on_without_a_line_at_a_new_total(client: httpx.AsyncClient) -> None:
    kept, gone = await make_variant(price=30_000), await make_variant(price=11_000)
    placed = await expired(client, (kept, 1), (gone, 2))
    headers = await headers_with(client, "order:read", "order:write")

    answer = await revive(client, headers, placed, without=[f"{placed.order_no}-02"])

    assert answer.status_code == 200, answer.text
    order = await order_of(placed)
    assert (placed.total, order.item_total, order.shipping_fee, order.total) == (54_500, 30_000, 2_500, 32_500)
    assert order.vat_amount == 2_955
    assert [line["line_no"] for line in answer.json()["lines"]] == [f"{placed.order_no}-01"]
    row = await OrderRevival.get(order_id=order.id)
    assert (row.total_before, row.total_after) == (54_500, 32_500)
    (left,) = row.left_out
    assert (left["line_no"], left["quantity"], left["unit_price"]) == (f"{placed.order_no}-02", 2, 11_000)
    assert (await stock_of(kept), await stock_of(gone)) == (9, 10)
    assert (await read_order(client, placed))["timeline"][-1]["reason"] == "만료 주문 복구 (제외: 02)"
    assert await paid_anew(client, placed) == 32_500
    assert await all_is_well()


async def test_a_payment_over_the_former_total_does_not_settle_it(client: httpx.AsyncClient) -> None:
    kept, gone = await make_variant(price=30_000), await make_variant(price=11_000)
    placed = await expired(client, (kept, 1), (gone, 2))
    headers = await headers_with(client, "order:write")
    assert (await revive(client, headers, placed, without=[f"{placed.order_no}-02"])).status_code == 200
    await control(client, placed.payment_id, "pay")

    assert said(await complete(client, placed.payment_id)) == (409, "PAYMENT_MISMATCH")

    assert (await payment_of(placed.payment_id)).verdict == PaymentVerdict.MISMATCH
    assert (await refund_of(placed.payment_id)).amount == 54_500
    assert (await order_of(placed)).status == OrderStatus.PENDING
    assert "order_total" in (await Discrepancy.get()).detail


async def test_a_payment_made_meanwhile_settles_it_at_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await expired(client, (variant, 1))
    await control(client, placed.payment_id, "pay")  # nobody told the shop yet

    answer = await revive(client, await headers_with(client, "order:read", "order:write"), placed)

    assert (answer.status_code, answer.json()["status"]) == (200, "PAID")
    assert await stock_of(variant) == 9
    assert await all_is_well()


async def test_while_its_late_payment_goes_back_it_is_refused(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await expired(client, (variant, 1))
    await control(client, placed.payment_id, "pay")
    headers = await headers_with(client, "order:write")
    async with faulty(client, "cancel", "error_503", times=9):
        assert said(await complete(client, placed.payment_id)) == (409, "ORDER_EXPIRED")
        assert said(await revive(client, headers, placed)) == (409, "LATE_REFUND_UNDER_WAY")
    assert await stock_of(variant) == 10

    with_refund = clock.now() + timedelta(hours=2)
    with clock.as_of(with_refund):
        await run_job("send-refunds")
        await run_job("reread-payments")

    assert (await revive(client, headers, placed)).status_code == 200
    assert await paid_anew(client, placed) == placed.total


async def test_an_archived_order_comes_back_with_all_its_rows(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await expired(client, (variant, 1))
    assert await archive() == 1
    assert await archived_and_live() == ([placed.order_no], [])

    answer = await revive(client, await headers_with(client, "order:write"), placed)

    assert answer.status_code == 200, answer.text
    assert await archived_and_live() == ([], [placed.order_no])
    assert await OrderLine.all().count() == 1
    assert await paid_anew(client, placed) == placed.total


async def test_a_manual_transfer_is_waited_for_again(client: httpx.AsyncClient) -> None:
    kept, gone = await make_variant(price=30_000), await make_variant(price=11_000)
    await make_account()
    placed = await place(client, (kept.id, 1), (gone.id, 1), pay_method="MANUAL_TRANSFER")
    assert await expire(days=30) == 1
    headers = await headers_with(client, "order:write", "order:read", "payment:confirm")

    answer = await revive(client, headers, placed, hours=48, without=[f"{placed.order_no}-02"])

    assert (answer.status_code, answer.json()["status"]) == (200, "AWAITING_DEPOSIT")
    assert (answer.json()["total"], answer.json()["deposit"]["amount"]) == (32_500, 32_500)
    assert (await revive(client, headers, placed)).status_code == 200
    assert (await deposit(client, headers, placed.order_no, 32_500)).status_code < 300
    assert (await order_of(placed)).status == OrderStatus.PAID
    assert await all_is_well()


async def test_money_that_was_deposited_is_decided_on_first(client: httpx.AsyncClient) -> None:
    await make_account()
    placed = await place(client, ((await make_variant()).id, 1), pay_method="MANUAL_TRANSFER")
    assert await expire(days=30) == 1
    headers = await headers_with(client, "order:write", "payment:confirm")
    assert (await deposit(client, headers, placed.order_no, 1_000)).status_code < 300

    assert said(await revive(client, headers, placed)) == (409, "DEPOSIT_ARRIVED")
    assert (await order_of(placed)).status == OrderStatus.EXPIRED


async def test_five_more_tries_to_pay_come_with_it(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    for _ in range(4):
        assert (await pay_again(client, placed)).status_code == 201
    assert said(await pay_again(client, placed)) == (409, "TOO_MANY_PAYMENT_TRIES")
    assert await expire(minutes=31) == 1
    assert (await revive(client, await headers_with(client, "order:write"), placed)).status_code == 200

    assert [(await pay_again(client, placed)).status_code for _ in range(6)] == [201] * 5 + [409]


@pytest.mark.parametrize("status", [status for status in OrderStatus if status != OrderStatus.EXPIRED])
async def test_only_an_expired_order_is_revived(client: httpx.AsyncClient, status: OrderStatus) -> None:
    placed = await expired(client, (await make_variant(), 1))
    await Order.filter(order_no=placed.order_no).update(status=status)
    assert said(await revive(client, await headers_with(client, "order:write"), placed)) == (409, "ORDER_CANNOT_MOVE")


async def test_whose_values_were_erased_it_is_not_revived(client: httpx.AsyncClient) -> None:
    placed = await expired(client, (await make_variant(), 1))
    await Order.filter(order_no=placed.order_no).update(orderer_name="")
    assert said(await revive(client, await headers_with(client, "order:write"), placed)) == (409, "ORDER_CANNOT_MOVE")


async def test_lines_left_out_take_their_own_shipping_along(client: httpx.AsyncClient) -> None:
    kept, bulky = await make_variant(price=30_000), (await variants_of(await make_product(price=50_000)))[0]
    await ShippingRule.create(
        version=2,
        base_fee=2_500,
        free_from=500_000,
        return_fee=3_000,
        exchange_fee=6_000,
        methods="PARCEL",
        created_at=clock.now(),
    )
    await ShippingProductFee.create(version=2, product_id=bulky.product_id, fee=7_000, per=FeePer.UNIT)
    placed = await expired(client, (kept, 1), (bulky, 2))
    assert placed.total == 30_000 + 100_000 + 2_500 + 14_000
    headers = await headers_with(client, "order:write")

    assert (await revive(client, headers, placed, without=[f"{placed.order_no}-02"])).status_code == 200

    order = await order_of(placed)
    assert (order.shipping_fee, order.total) == (2_500, 32_500)
    assert await OrderShippingRow.filter(order_id=order.id).count() == 1
    assert await all_is_well()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"without": ["{no}-01"]}, "NOTHING_LEFT"),
        ({"without": ["{no}-07"]}, "LINE_NOT_FOUND"),
        ({"hours": 0}, "VALIDATION_ERROR"),
        ({"hours": 73}, "VALIDATION_ERROR"),
        ({"reason": " "}, "VALIDATION_ERROR"),
    ],
)
async def test_what_cannot_be_meant_is_refused(client: httpx.AsyncClient, body: dict[str, Any], code: str) -> None:
    placed = await expired(client, (await make_variant(), 1))
    if "without" in body:
        body = {"without": [one.format(no=placed.order_no) for one in body["without"]]}
    headers = await headers_with(client, "order:write")
    assert said(await revive(client, headers, placed, **body))[1] == code
    assert (await order_of(placed)).status == OrderStatus.EXPIRED
    reader = await headers_with(client, "order:read")
    assert (await revive(client, reader, placed)).status_code == 403
    assert await OrderArchive.all().count() == 0
