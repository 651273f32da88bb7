"""배송 안내서 and 피킹 리스트: pages to print, masked like the desk, stale after a change."""

from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderLine, OrderStatus
from src.common.models import PersonalDataAccess
from tests.app.desk.test_changes import bought, choose, move, said, two_sizes
from tests.app.desk.test_lines import a_line, listed
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, SHIPPING, complete, control, place

pytestmark = pytest.mark.usefixtures("empty")

NOTES = f"{API}/admin/orders/delivery-notes"
PICKING = f"{API}/admin/order-lines/picking-list"


async def test_a_note_tells_what_is_in_the_box_and_where_it_goes(client: httpx.AsyncClient) -> None:
    shipping = {**SHIPPING, "address_detail": "101호", "memo": "<b>문 앞</b> & 벨 금지"}
    placed = await place(client, ((await make_variant(price=20_000)).id, 2), shipping=shipping)
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    headers = await headers_with(client, "order:read", "pii:read")

    answer = await client.get(NOTES, params={"order_no": placed.order_no, "reason": "출고"}, headers=headers)

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert answer.headers["cache-control"] == "no-store"
    page = answer.text
    for text in (placed.order_no, "&lt;b&gt;문 앞&lt;/b&gt;", "010-1234-5678", "(06236) 서울 강남구 테헤란로 1 101호"):
        assert text in page, text
    assert ("&amp; 벨 금지" in page, "<b>" in page, "size: A4" in page) == (True, False, True)
    assert ("배송 안내서" in page, "Delivery note" in page, "40,000" in page) == (True, True, True)
    order = await Order.get(order_no=placed.order_no)
    looks = await PersonalDataAccess.all().values_list("purpose", "target_id", "reason")
    assert looks == [("order.delivery_note", str(order.id), "출고")]


async def test_without_the_right_to_read_it_a_note_is_masked(client: httpx.AsyncClient) -> None:
    placed = await bought(client, await make_variant())
    page = (
        await client.get(NOTES, params={"order_no": placed.order_no}, headers=await headers_with(client, "order:read"))
    ).text
    assert ("김*지" in page, "김민지" in page, "010-****-5678" in page) == (True, False, True)
    assert await PersonalDataAccess.all().count() == 0


async def test_each_order_has_a_sheet_and_unknown_or_unpaid_ones_are_refused(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=50)
    first, second = await bought(client, variant), await bought(client, variant)
    unpaid = await bought(client, variant, paid=False)
    headers = await headers_with(client, "order:read")

    both = await client.get(NOTES, params={"order_no": [second.order_no, first.order_no]}, headers=headers)

    assert both.text.count("<section>") == 2
    assert both.text.index(second.order_no) < both.text.index(first.order_no)
    for other in (unpaid.order_no, "20200101-00000000"):
        refused = await client.get(NOTES, params={"order_no": [first.order_no, other]}, headers=headers)
        assert said(refused) == (404, "ORDER_NOT_FOUND")
    bad: list[dict[str, Any]] = [{}, {"order_no": "x"}, {"order_no": [first.order_no] * 101}]
    for asked in bad:
        assert (await client.get(NOTES, params=asked, headers=headers)).status_code == 422
    assert (await client.get(NOTES, params={"order_no": first.order_no})).status_code == 401


async def test_a_change_makes_what_was_printed_stale(client: httpx.AsyncClient) -> None:
    _, first, second = await two_sizes()
    placed = await bought(client, first)
    headers = await headers_with(client, "order:read", "order:write")

    async def state() -> tuple[bool, bool]:
        (row,) = (await listed(client, headers, search_type="order_no", q=placed.order_no))["items"]
        return row["printed_at"] is not None, row["is_print_stale"]

    assert await state() == (False, False)
    await client.get(NOTES, params={"order_no": placed.order_no}, headers=headers)
    assert await state() == (True, False)
    assert (await move(client, placed, memo="경비실")).status_code == 200
    assert await state() == (True, True)
    await client.get(NOTES, params={"order_no": placed.order_no}, headers=headers)
    assert await state() == (True, False)
    assert (await choose(client, headers, placed, second.id)).status_code == 200
    assert await state() == (True, True)


async def test_a_picking_list_names_each_size_once_and_nobody(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=50)
    lines = [await a_line(OrderStatus.PREPARING) for _ in range(3)]
    await OrderLine.filter(line_no__in=lines).update(variant_id=variant.id, sku="SKU-1", quantity=4)
    await OrderLine.filter(line_no=lines[2]).update(shipped=1, cancelled=1)
    done = await a_line(OrderStatus.PREPARING)
    await OrderLine.filter(line_no=done).update(shipped=1)
    waiting = await a_line()
    headers = await headers_with(client, "order:read")

    answer = await client.get(PICKING, headers=headers)

    assert answer.status_code == 200, answer.text
    page = answer.text
    assert page.count("SKU-1") == 1
    assert f"{lines[0]} ×4, {lines[1]} ×4, {lines[2]} ×2" in page
    assert ('<td class="n">10</td>' in page, "합계 Total 10" in page) == (True, True)
    assert (done in page, waiting in page, "김" in page) == (False, False, False)
    paid = await client.get(PICKING, params={"order_status": "PAID"}, headers=headers)
    assert (waiting in paid.text, lines[0] in paid.text) == (True, False)
    printed = await Order.filter(printed_at__not_isnull=True).values_list("order_no", flat=True)
    assert {str(number) for number in printed} == {number[:-3] for number in (*lines, waiting)}
    assert (await client.get(PICKING, headers=await headers_with(client, "product:read"))).status_code == 403
