"""What buyers see of an order: alone with everything, in lists with what a list shows."""

from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.order.services import guest_tokens
from src.common import clock
from tests.app.product.captured import captured_sql
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    API,
    SHIPPING,
    Placed,
    cancel_order,
    complete,
    control,
    make_order,
    offering_accounts,
    pay_again,
    payment_of,
    place,
    read_order,
)
from tests.factories.people import bearer, make_member

pytestmark = pytest.mark.usefixtures("empty")

HEAVY = {"orderer", "shipping", "shipments", "paid_at"}


async def test_everything_of_a_paid_and_sent_order_is_there(client: httpx.AsyncClient) -> None:
    [variant] = await variants_of(await make_product(code="BAG1", price=20_000))
    placed = await place(client, (variant.id, 2), shipping={**SHIPPING, "address_detail": "101호", "memo": "문 앞"})
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    staff = await headers_with(client, "order:write")
    row = {"line_no": f"{placed.order_no}-01", "courier": "CJ", "tracking_no": "612345678901"}
    assert (await client.post(f"{API}/admin/shipments", json={"rows": [row]}, headers=staff)).json()["done"] == 1

    body = await read_order(client, placed)

    assert body["orderer"] == {"name": "김민지", "phone": "01012345678", "email": "minji@example.com"}
    assert body["shipping"] == {
        "recipient": "김민지",
        "phone": "01012345678",
        "zipcode": "06236",
        "address": "서울 강남구 테헤란로 1",
        "address_detail": "101호",
        "memo": "문 앞",
    }
    (line,) = body["lines"]
    assert (line["product_code"], line["image_url"]) == ("BAG1", "/media/products/BAG1/0-0.svg")
    assert (line["status"], line["shipped"], line["delivered"], line["delay"]) == ("SHIPPING", 2, 0, None)
    assert line["allowed_actions"] == ["CONFIRM_PURCHASE"]
    (payment,) = body["payments"]
    assert (payment["total_amount"], payment["paid_amount"], payment["cancelled_amount"]) == (42_500, 42_500, 0)
    assert payment["receipt_url"] == (await payment_of(placed.payment_id)).receipt_url
    assert payment["receipt_url"]
    assert (payment["paid_at"] is not None, payment["virtual_account"]) == (True, None)
    (parcel,) = body["shipments"]
    assert (parcel["tracking_no"], parcel["state"], parcel["lines"][0]["units"]) == ("612345678901", "READY", 2)
    assert (body["paid_at"] is not None, body["allowed_actions"]) == (True, [])


async def test_an_order_that_waits_shows_where_to_pay_into(client: httpx.AsyncClient) -> None:
    with offering_accounts():
        placed = await place(client, ((await make_variant()).id, 1), pay_method="VIRTUAL_ACCOUNT")
        assert (await read_order(client, placed))["allowed_actions"] == ["PAY", "CANCEL", "CHANGE_SHIPPING"]
        await control(client, placed.payment_id, "issue_virtual_account")
        await complete(client, placed.payment_id)
        body = await read_order(client, placed)

    row = await payment_of(placed.payment_id)
    account = body["payments"][0]["virtual_account"]
    assert (account["bank"], account["number"], account["holder"]) == (
        row.account_bank,
        row.account_number,
        row.account_holder,
    )
    assert (account["due_at"] is not None, body["allowed_actions"]) == (True, ["CANCEL", "CHANGE_SHIPPING"])


async def test_a_delay_is_told_to_the_buyer(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    day = clock.now().date()
    await OrderLine.all().update(
        status=OrderStatus.PAID, delay_reason="PRODUCT_PREPARE", delay_text="입고 지연", delayed_until=day, ship_by=day
    )

    (line,) = (await read_order(client, placed))["lines"]

    assert line["delay"] == {"reason": "PRODUCT_PREPARE", "detail": "입고 지연", "expected_ship_on": str(day)}
    assert line["ship_by"] == str(day)


async def test_a_list_is_light_and_costs_the_same_for_one_order_and_for_ten(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await bearer(client, member)
    variant = await make_variant(stock=100)
    statements = []
    for count in (1, 9):
        for _ in range(count):
            await make_order(variant, status=OrderStatus.SHIPPING, member_id=member.id)
        await client.get(f"{API}/orders", headers=headers)
        with captured_sql() as sent:
            answer = await client.get(f"{API}/orders", headers=headers)
        statements.append(len(sent))

    items = answer.json()["items"]
    assert len(items) == 10
    assert HEAVY & set(items[0]) == set()
    assert (items[0]["lines"][0]["product_code"], items[0]["lines"][0]["status"]) == ("T1", "SHIPPING")
    assert "receipt_url" not in str(items[0]["payments"])
    assert statements[0] == statements[1]


@pytest.mark.parametrize("status", list(OrderStatus))
async def test_what_is_allowed_is_what_the_commands_take(client: httpx.AsyncClient, status: OrderStatus) -> None:
    order = await make_order(await make_variant(), status=status)
    token = guest_tokens.issue(order, since=order.created_at)
    placed = Placed(order_no=order.order_no, payment_id="", total=0, headers={"X-Guest-Token": token}, body={})
    allowed = (await read_order(client, placed))["allowed_actions"]

    moved = await client.patch(
        f"{API}/orders/{placed.order_no}/shipping", json={"memo": "문 앞"}, headers=placed.headers
    )
    tried = await pay_again(client, placed)
    given_up = await cancel_order(client, placed)

    assert (moved.status_code == 200) == ("CHANGE_SHIPPING" in allowed)
    assert (tried.status_code == 201) == ("PAY" in allowed)
    if status != OrderStatus.CANCELLED:  # cancelled already: answered as it is
        assert (given_up.status_code == 200) == ("CANCEL" in allowed)


async def test_a_member_and_a_guest_see_their_own_alone(client: httpx.AsyncClient) -> None:
    member = await make_member()
    order = await make_order(await make_variant(), member_id=member.id)
    url = f"{API}/orders/{order.order_no}"
    mine: dict[str, Any] = (await client.get(url, headers=await bearer(client, member))).json()
    assert mine["shipping"]["recipient"] == "김민지"
    assert (await client.get(url, headers=await bearer(client, await make_member()))).status_code == 404
    assert (await client.get(url)).status_code == 404
    assert await Order.all().count() == 1
