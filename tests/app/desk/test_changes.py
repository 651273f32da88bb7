"""옵션 변경 and 배송지 변경: what is still possible before an order is sent, by staff and by its buyer."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.order.models import LineChange, Order, OrderEvent, OrderLine, OrderStatus
from src.app.product.models import Product, Variant
from src.app.product.services.stock.invariants import lines_give_back_what_they_took
from src.common import clock
from src.common.records.invariants import EVERYTHING, Look
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    API,
    SHIPPING,
    Placed,
    cancel_order,
    complete,
    control,
    expire,
    ledger_of,
    make_order,
    order_of,
    place,
    read_order,
    stock_of,
)

pytestmark = pytest.mark.usefixtures("empty")

JEJU: dict[str, Any] = {"zipcode": "63100", "address": "제주 제주시 연동 1"}
GANGNAM: dict[str, Any] = {"zipcode": "06241", "address": "서울 강남구 강남대로 2"}


async def two_sizes() -> tuple[Product, Variant, Variant]:
    """A product of two sizes, ten units each."""
    product = await make_product(sizes=2, price=20_000)
    first, second = await variants_of(product)
    return product, first, second


async def bought(client: httpx.AsyncClient, variant: Variant, quantity: int = 2, *, paid: bool = True) -> Placed:
    placed = await place(client, (variant.id, quantity))
    if paid:
        await control(client, placed.payment_id, "pay")
        await complete(client, placed.payment_id)
    return placed


async def choose(
    client: httpx.AsyncClient, headers: dict[str, str], placed: Placed, variant_id: int, **body: Any
) -> httpx.Response:
    url = f"{API}/admin/orders/{placed.order_no}/lines/{placed.order_no}-01/change-option"
    return await client.post(url, json={"variant_id": variant_id, **body}, headers=headers)


async def move(client: httpx.AsyncClient, placed: Placed, headers: dict[str, str] | None = None, **body: Any) -> Any:
    """By its buyer, or with `headers` by staff."""
    corner = "admin/orders" if headers else "orders"
    url = f"{API}/{corner}/{placed.order_no}/shipping"
    return await client.patch(url, json=body, headers=headers or placed.headers)


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


async def all_is_given_back_once() -> Sequence[Any]:
    return await lines_give_back_what_they_took(Look("lines", EVERYTHING))


# --- options


async def test_another_size_moves_the_hold_and_keeps_what_was_bought(client: httpx.AsyncClient) -> None:
    _, first, second = await two_sizes()
    placed = await bought(client, first)
    headers = await headers_with(client, "order:read", "order:write")

    answer = await choose(client, headers, placed, second.id, reason="고객 요청")

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["lines"][0]["sku"], body["lines"][0]["option"]) == (second.sku, f"블랙 / {second.size}")
    (change,) = body["option_changes"]
    assert (change["from_sku"], change["to_sku"], change["units"]) == (first.sku, second.sku, 2)
    assert body["paper_changed_at"] is not None
    assert (body["is_masked"], body["total"]) == (True, placed.total)
    assert (await stock_of(first), await stock_of(second)) == (10, 8)
    row = await LineChange.get(line_no=f"{placed.order_no}-01")
    assert await ledger_of(first) == [("HOLD", -2), ("SALE", 0), ("RELEASE", 2)]
    assert await ledger_of(second) == [("HOLD", -2), ("SALE", 0)]
    line = await OrderLine.get(line_no=row.line_no)
    assert (line.variant_id, line.size, line.unit_price, row.from_variant_id) == (
        second.id,
        second.size,
        20_000,
        first.id,
    )
    hop = await OrderEvent.filter(line_no=row.line_no).order_by("-id").first()
    assert hop is not None
    assert (hop.from_status, hop.to_status) == ("PAID", "PAID")
    assert hop.reason == f"옵션 변경: 블랙 / {first.size} → 블랙 / {second.size}"
    (log,) = await audited("order_line.option_changed")
    assert (log["before"]["sku"], log["after"]["sku"], log["reason"]) == (first.sku, second.sku, "고객 요청")
    assert await all_is_given_back_once() == []


async def test_there_and_back_again_before_payment_ends_as_if_nothing_was(client: httpx.AsyncClient) -> None:
    _, first, second = await two_sizes()
    placed = await bought(client, first, paid=False)
    headers = await headers_with(client, "order:write")
    for wanted in (second, second, first, second):
        assert (await choose(client, headers, placed, wanted.id)).status_code == 200
    assert (await stock_of(first), await stock_of(second), await LineChange.all().count()) == (10, 8, 3)

    assert (await cancel_order(client, placed)).status_code == 200

    assert (await stock_of(first), await stock_of(second)) == (10, 10)
    assert await all_is_given_back_once() == []


async def test_an_expired_order_gives_the_changed_size_back(client: httpx.AsyncClient) -> None:
    _, first, second = await two_sizes()
    placed = await bought(client, first, paid=False)
    assert (await choose(client, await headers_with(client, "order:write"), placed, second.id)).status_code == 200

    assert await expire(minutes=31) == 1

    assert (await stock_of(first), await stock_of(second)) == (10, 10)
    assert await all_is_given_back_once() == []


async def test_two_staff_at_once_move_one_hold(client: httpx.AsyncClient) -> None:
    _, first, second = await two_sizes()
    placed = await bought(client, first)
    headers = await headers_with(client, "order:write")

    both = await asyncio.gather(*(choose(client, headers, placed, second.id) for _ in range(2)))

    assert [answer.status_code for answer in both] == [200, 200]
    assert (await stock_of(first), await stock_of(second), await LineChange.all().count()) == (10, 8, 1)


async def test_what_costs_more_or_is_another_product_or_is_gone_is_refused(client: httpx.AsyncClient) -> None:
    _, first, second = await two_sizes()
    placed = await bought(client, first)
    headers = await headers_with(client, "order:write")
    foreign = await make_variant()

    assert said(await choose(client, headers, placed, foreign.id)) == (422, "OPTION_NOT_OF_PRODUCT")
    assert said(await choose(client, headers, placed, 10**9)) == (422, "OPTION_NOT_OF_PRODUCT")
    await Variant.filter(id=second.id).update(extra_price=3_000)
    dearer = await choose(client, headers, placed, second.id)
    assert (said(dearer), dearer.json()["difference"]) == ((409, "OPTION_PRICE_DIFFERS"), 3_000)
    await Variant.filter(id=second.id).update(extra_price=0, is_retired=True)
    assert said(await choose(client, headers, placed, second.id)) == (422, "OPTION_NOT_OF_PRODUCT")
    await Variant.filter(id=second.id).update(is_retired=False, stock=1)
    short = await choose(client, headers, placed, second.id)
    assert (said(short), short.json()["left"]) == ((409, "STOCK_SHORT"), 1)

    assert (await Variant.get(id=first.id)).stock == 8
    assert await LineChange.all().count() == 0
    other = await client.post(
        f"{API}/admin/orders/{placed.order_no}/lines/{placed.order_no}-09/change-option",
        json={"variant_id": second.id},
        headers=headers,
    )
    assert said(other) == (404, "LINE_NOT_FOUND")


@pytest.mark.parametrize("status", list(OrderStatus))
async def test_the_answer_tells_what_the_commands_take(client: httpx.AsyncClient, status: OrderStatus) -> None:
    _, first, second = await two_sizes()
    order = await make_order(first, status=status)
    await OrderLine.filter(order_id=order.id).update(product_id=first.product_id)
    headers = await headers_with(client, "order:read", "order:write")
    detail = (await client.get(f"{API}/admin/orders/{order.order_no}", headers=headers)).json()
    placed = Placed(order_no=order.order_no, payment_id="", total=0, headers={}, body={})

    changed = await choose(client, headers, placed, second.id)
    moved = await move(client, placed, headers, memo="문 앞")

    assert (changed.status_code == 200) == ("CHANGE_OPTION" in detail["lines"][0]["allowed_actions"])
    assert (moved.status_code == 200) == ("CHANGE_SHIPPING" in detail["allowed_actions"])
    assert moved.status_code == 200 or said(moved) == (409, "SHIPPING_FIXED")
    body = {"order_nos": [order.order_no], "reason": "품절"}
    row = (await client.post(f"{API}/admin/orders/bulk-cancel", json=body, headers=headers)).json()["results"][0]
    if status != OrderStatus.CANCELLED:  # given up before: done already
        assert (row["outcome"] == "done") == ("CANCEL" in detail["allowed_actions"])


async def test_an_option_change_moves_to_the_archive_and_back(client: httpx.AsyncClient) -> None:
    _, first, second = await two_sizes()
    placed = await bought(client, first)
    headers = await headers_with(client, "order:read", "order:write")
    assert (await choose(client, headers, placed, second.id)).status_code == 200
    long_ago = clock.now() - timedelta(days=1)
    order = await order_of(placed)
    await Order.filter(id=order.id).update(status=OrderStatus.CONFIRMED, expires_at=long_ago, updated_at=long_ago)
    assert await archive() == 1

    detail = (await client.get(f"{API}/admin/orders/{placed.order_no}", headers=headers)).json()

    assert [change["to_sku"] for change in detail["option_changes"]] == [second.sku]
    assert await LineChange.all().count() == 0


# --- addresses


async def test_the_buyer_changes_where_it_goes_until_a_parcel_is_made(client: httpx.AsyncClient) -> None:
    placed = await bought(client, await make_variant())

    answer = await move(client, placed, recipient="이서준", phone="010-9999-8888", memo="경비실", **GANGNAM)

    assert answer.status_code == 200, answer.text
    order = await order_of(placed)
    shown = (order.recipient, order.recipient_phone, order.recipient_phone_end, order.zipcode, order.address)
    assert shown == ("이서준", "01099998888", "8888", "06241", "서울 강남구 강남대로 2")
    assert (order.memo, order.address_detail, order.paper_changed_at is not None) == ("경비실", "", True)
    last = (await read_order(client, placed))["timeline"][-1]
    assert (last["from_status"], last["to_status"], last["by"], last["reason"]) == (
        "PAID",
        "PAID",
        "guest",
        "배송지 변경",
    )
    staff = await headers_with(client, "order:write")
    row = {"line_no": f"{placed.order_no}-01", "courier": "CJ", "tracking_no": "612345678901"}
    assert (await client.post(f"{API}/admin/shipments", json={"rows": [row]}, headers=staff)).json()["done"] == 1
    assert said(await move(client, placed, memo="문 앞")) == (409, "SHIPPING_FIXED")
    assert said(await move(client, placed, staff, memo="문 앞")) == (409, "SHIPPING_FIXED")
    assert (await order_of(placed)).memo == "경비실"


async def test_another_zone_is_refused_both_ways_and_the_same_is_not(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    seoul = await bought(client, variant)
    items = [{"variant_id": variant.id, "quantity": 2}]
    there = {**SHIPPING, **JEJU}
    quote = await client.post(f"{API}/cart/quote", json={"items": items, "zipcode": JEJU["zipcode"]})
    key = {"Idempotency-Key": "a-key-of-jeju-000001"}
    body: dict[str, Any] = {
        "items": items,
        "orderer": {"name": "김민지", "phone": "010-1234-5678", "email": "minji@example.com"},
        "shipping": there,
        "pay_method": "CARD",
        "expected_total": quote.json()["total"],
        "agreements": {"terms": True, "privacy": True},
    }
    made = (await client.post(f"{API}/orders", json=body, headers=key)).json()
    jeju = Placed(
        order_no=made["order_no"],
        payment_id=made["payment"]["payment_id"],
        total=made["total"],
        headers={"X-Guest-Token": made["guest_token"]},
        body=made,
    )

    dearer, cheaper = await move(client, seoul, **JEJU), await move(client, jeju, **GANGNAM)

    assert (said(dearer), dearer.json()["difference"]) == ((409, "SHIPPING_ZONE_DIFFERS"), 3_000)
    assert (said(cheaper), cheaper.json()["difference"]) == ((409, "SHIPPING_ZONE_DIFFERS"), -3_000)
    assert (await order_of(seoul)).zipcode == "06236"
    assert (await order_of(jeju)).zipcode == JEJU["zipcode"]
    assert (await move(client, jeju, zipcode="63101", address="제주 제주시 노형 2")).status_code == 200


async def test_staff_changes_are_logged_without_personal_values(client: httpx.AsyncClient) -> None:
    placed = await bought(client, await make_variant(), paid=False)
    headers = await headers_with(client, "order:write")

    answer = await move(client, placed, headers, recipient="이서준", reason="고객 요청", **GANGNAM)
    again = await move(client, placed, headers, recipient="이서준", **GANGNAM)

    assert (answer.status_code, again.status_code) == (200, 200)
    assert (answer.json()["shipping"]["recipient"], answer.json()["shipping"]["zipcode"]) == ("이*준", "06241")
    (log,) = await audited("order.shipping_changed")
    assert log["before"] == {"zipcode": "06236"}
    assert log["after"] == {"fields": ["recipient", "zipcode", "address"], "zipcode": "06241"}
    assert (log["target_id"], log["reason"]) == (placed.order_no, "고객 요청")


async def test_an_address_change_and_a_parcel_at_once_do_not_both_win(client: httpx.AsyncClient) -> None:
    placed = await bought(client, await make_variant())
    staff = await headers_with(client, "order:write")
    row = {"line_no": f"{placed.order_no}-01", "courier": "CJ", "tracking_no": "612345678901"}

    moved, sent = await asyncio.gather(
        move(client, placed, memo="문 앞"),
        client.post(f"{API}/admin/shipments", json={"rows": [row]}, headers=staff),
    )

    assert sent.json()["done"] == 1
    assert moved.status_code == 200 or said(moved) == (409, "SHIPPING_FIXED")
    assert (await order_of(placed)).memo == ("문 앞" if moved.status_code == 200 else "")


@pytest.mark.parametrize(
    "body", [{}, {"zipcode": "06236"}, {"address": "서울"}, {"zipcode": "99999", "address": "서울"}]
)
async def test_half_an_address_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    placed = await bought(client, await make_variant(), paid=False)
    assert said(await move(client, placed, **body)) == (422, "VALIDATION_ERROR")
    headers = await headers_with(client, "order:write")
    assert said(await move(client, placed, headers, **body)) == (422, "VALIDATION_ERROR")


async def test_an_order_of_somebody_else_is_not_found(client: httpx.AsyncClient) -> None:
    mine, other = [await bought(client, await make_variant(), paid=False) for _ in range(2)]
    url = f"{API}/orders/{mine.order_no}/shipping"
    assert said(await client.patch(url, json={"memo": "x"}, headers=other.headers)) == (404, "ORDER_NOT_FOUND")
    reader = await headers_with(client, "order:read")
    assert (await move(client, mine, reader, memo="x")).status_code == 403
