"""Staff find order lines by every key, date and axis, live and archived, masked or not, and count them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.desk.services.filling import fill_order_lines
from src.app.order.models import Order, OrderArchive, OrderLine, OrderLineArchive, OrderStatus
from src.common import clock
from src.common.models import PersonalDataAccess
from tests.app.staff.people import headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, make_order, order_of, place
from tests.factories.people import make_member

pytestmark = pytest.mark.usefixtures("empty")

API = "/api/v1/admin/order-lines"


async def listed(client: httpx.AsyncClient, headers: dict[str, str], **asked: Any) -> dict[str, Any]:
    answer = await client.get(API, params=asked, headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def numbers(client: httpx.AsyncClient, headers: dict[str, str], **asked: Any) -> list[str]:
    """The line numbers of the list."""
    return [row["line_no"] for row in (await listed(client, headers, **asked))["items"]]


async def a_line(status: OrderStatus = OrderStatus.PAID, *, days_ago: float = 0, **order: Any) -> str:
    """The one line of an order in this status that was placed so long ago; `order` are columns of its order."""
    made = await make_order(
        await make_variant(stock=50), status=status, placed_at=clock.now() - timedelta(days=days_ago)
    )
    if order:
        await Order.filter(id=made.id).update(**order)
    return f"{made.order_no}-01"


async def test_lines_of_three_months_are_listed_newest_first(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    older, newer = await a_line(days_ago=80), await a_line()
    await a_line(days_ago=100)

    body = await listed(client, headers)

    assert [row["line_no"] for row in body["items"]] == [newer, older]
    assert (body["total"], body["total_is_exact"]) == (2, True)
    assert await numbers(client, headers, sort="oldest") == [older, newer]
    assert await numbers(client, headers, size=1, page=2) == [older]
    row = body["items"][0]
    assert (row["buyer_name"], row["buyer_phone"], row["recipient_name"]) == ("김*지", "010-****-5678", "김*지")
    assert (row["is_masked"], row["option"].partition(" / ")[0], row["pay_until"]) == (True, "블랙", None)
    assert row["allowed_actions"] == [
        *("CONFIRM", "DELAY", "SHIP", "SELLER_CANCEL", "SET_DELIVERY_ATTRIBUTE", "CHANGE_OPTION")
    ]


@pytest.mark.parametrize(
    ("search_type", "q"),
    [
        ("recipient_name", "남궁민수"),
        ("recipient_phone", "+82 10-5555-7777"),
        ("recipient_phone", "7777"),
        ("buyer_name", "황보라"),
        ("buyer_phone", "010-9876-4321"),
        ("buyer_phone", "４３２１"),
        ("buyer_phone", "4321"),
        ("product_code", "GOLF-9"),
    ],
)
async def test_each_key_finds_its_line_and_no_other(client: httpx.AsyncClient, search_type: str, q: str) -> None:
    headers = await headers_with(client, "order:read")
    await a_line()
    wanted = await a_line(
        days_ago=400,
        recipient="남궁민수",
        orderer_name="황보라",
        orderer_phone="01098764321",
        orderer_phone_end="4321",
        recipient_phone="01055557777",
        recipient_phone_end="7777",
    )
    await OrderLine.filter(line_no=wanted).update(product_code="GOLF-9")

    assert await numbers(client, headers, search_type=search_type, q=q) == [wanted]


async def test_numbers_and_members_are_found_whole(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    member = await make_member()
    line_no = await a_line(member_id=member.id)
    await a_line()

    assert await numbers(client, headers, search_type="order_no", q=line_no[:-3]) == [line_no]
    assert await numbers(client, headers, search_type="line_no", q=line_no) == [line_no]
    assert await numbers(client, headers, search_type="buyer_id", q=member.login_id) == [line_no]
    assert await numbers(client, headers, search_type="buyer_id", q="nobody1") == []
    assert await numbers(client, headers, search_type="order_no", q=line_no[:8]) == []


async def test_a_line_is_found_by_the_number_of_its_parcel(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read", "order:write")
    sent, other = await a_line(), await a_line()
    for line_no in (sent, other):
        await Order.filter(order_no=line_no[:-3]).update(paid_at=clock.now())
    rows = [
        {"line_no": sent, "courier": "CJ", "tracking_no": "6123-4567-8901"},
        {"line_no": other, "courier": "CJ", "tracking_no": "612345678902"},
    ]
    answer = await client.post("/api/v1/admin/shipments", json={"rows": rows}, headers=headers)
    assert answer.json()["done"] == 2, answer.text

    for number in ("612345678901", "6123 4567 8901", "６１２３-4567-8901"):
        assert await numbers(client, headers, search_type="tracking_no", q=number) == [sent]
    assert await numbers(client, headers, search_type="tracking_no", q="61234567890") == []
    order = (await client.get(f"/api/v1/admin/orders/{sent[:-3]}", headers=headers)).json()
    assert [(one["tracking_no"], one["state"]) for one in order["shipments"]] == [("612345678901", "READY")]


async def test_names_are_found_by_their_beginning_only_by_those_who_may_read_them(client: httpx.AsyncClient) -> None:
    line_no = await a_line(recipient="남궁%수")
    await a_line(recipient="남궁민수")
    masked, clear = await headers_with(client, "order:read"), await headers_with(client, "order:read", "pii:read")

    assert await numbers(client, masked, search_type="recipient_name", q="남궁%") == []
    assert await numbers(client, masked, search_type="recipient_name", q="남궁%수") == [line_no]
    assert await numbers(client, clear, search_type="recipient_name", q="남궁%") == [line_no]
    assert await numbers(client, clear, search_type="recipient_name", q="남궁%", masked=True) == []
    looks = await PersonalDataAccess.filter(purpose="order_line.list").values_list("target_type", "items")
    assert looks == [("order", "orderer_name,orderer_phone,recipient")]


async def test_every_axis_and_date_narrows_the_list(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    paid, sent, unpaid = await a_line(), await a_line(OrderStatus.SHIPPING), await a_line(OrderStatus.PENDING)
    today = clock.now().astimezone(clock.KST).date()
    await OrderLine.filter(line_no=paid).update(
        delivery_attribute="TODAY", pay_method="EASY_PAY", delayed_until=today, ship_by=today - timedelta(days=1)
    )
    await OrderLine.filter(line_no=sent).update(ship_by=today - timedelta(days=1))

    for asked, wanted in (
        ({"order_status": "PAID"}, [paid]),
        ({"order_status": ["PAID", "PENDING"]}, [unpaid, paid]),
        ({"procurement_status": "CONFIRMED"}, [sent]),
        ({"shipping_status": "SHIPPING"}, [sent]),
        ({"claim_status": "NONE"}, [unpaid, sent, paid]),
        ({"delivery_attribute": "TODAY"}, [paid]),
        ({"pay_method": "EASY_PAY"}, [paid]),
        ({"delayed": True}, [paid]),
        ({"delayed": False}, [unpaid, sent]),
        ({"late": True}, [paid]),
        ({"date_type": "SHIPPED", "from": str(today)}, [sent]),
        ({"date_type": "PAID", "from": str(today), "to": str(today)}, [sent, paid]),
        ({"date_type": "DELIVERED", "from": str(today)}, []),
        ({"from": str(today - timedelta(days=9)), "to": str(today - timedelta(days=1))}, []),
        ({"order_status": "PAID", "pay_method": "CARD"}, []),
    ):
        assert await numbers(client, headers, **asked) == wanted, asked
    row = (await listed(client, headers, order_status="PENDING"))["items"][0]
    assert row["pay_until"] is not None


async def test_a_day_begins_and_ends_in_korea(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    for moment in (datetime(2026, 1, 31, 23, 59, tzinfo=clock.KST), datetime(2026, 2, 1, tzinfo=clock.KST)):
        line_no = await a_line()
        await OrderLine.filter(line_no=line_no).update(ordered_at=moment.astimezone(UTC))

    assert await numbers(client, headers, **{"from": "2026-02-01", "to": "2026-02-01"}) == [line_no]
    assert len(await numbers(client, headers, **{"from": "2026-01-31", "to": "2026-02-01"})) == 2


async def test_archived_lines_stand_in_the_same_list(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    old = await a_line(OrderStatus.CONFIRMED, days_ago=1)
    assert await archive() == 1
    new = await a_line()

    assert await numbers(client, headers, search_type="product_code", q="T1") == [new, old]
    body = await listed(client, headers, search_type="product_code", q="T1", page=2, size=1)
    assert ([row["line_no"] for row in body["items"]], body["total"]) == ([old], 2)


async def test_a_total_is_exact_up_to_ten_thousand(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    line = await OrderLine.get(line_no=await a_line())
    row = {name: getattr(line, name) for name in line._meta.fields_db_projection if name != "id"}
    for count, total in ((9_999, (10_000, True)), (1, (10_000, False))):
        first = await OrderLine.all().count()
        rows = [OrderLine(**{**row, "line_no": f"x-{first + number}"}) for number in range(count)]
        await OrderLine.bulk_create(rows, batch_size=500)
        body = await listed(client, headers, size=1)
        assert (body["total"], body["total_is_exact"]) == total


async def test_the_counts_are_those_of_the_lists(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    for status in (OrderStatus.PENDING, OrderStatus.PAID, OrderStatus.PAID, OrderStatus.DELIVERED, OrderStatus.EXPIRED):
        line_no = await a_line(status)
    await OrderLine.filter(line_no=line_no).update(ship_by="2020-01-01")
    late = await a_line(OrderStatus.PREPARING)
    await OrderLine.filter(line_no=late).update(ship_by="2020-01-01")

    answer = await client.get(f"{API}/counts", headers=headers)

    assert answer.json() == {
        "pending": 1,
        "awaiting_deposit": 0,
        "paid": 2,
        "preparing": 1,
        "shipping": 0,
        "delivered": 1,
        "late": 1,
    }


async def test_the_pay_method_is_what_settled_the_order(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    placed = await place(client, ((await make_variant(price=20_000)).id, 1))
    assert (await listed(client, headers))["items"][0]["pay_method"] == "CARD"
    await control(client, placed.payment_id, "pay", pay_method="EASY_PAY")
    await complete(client, placed.payment_id)

    row = (await listed(client, headers, pay_method="EASY_PAY"))["items"][0]
    assert (row["order_no"], row["paid_at"] is not None) == (placed.order_no, True)


async def test_lines_of_before_the_desk_are_filled_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=20_000)
    placed = await place(client, (variant.id, 1))
    old = await a_line(OrderStatus.CONFIRMED, days_ago=1)
    assert await archive() == 1
    for table in (OrderLine, OrderLineArchive):
        await table.all().update(ordered_at=None, paid_at=None, pay_method="")
    for orders in (Order, OrderArchive):
        await orders.all().update(orderer_phone_end="", recipient_phone_end="")

    assert await fill_order_lines() == 2
    assert await fill_order_lines() == 0

    order = await order_of(placed)
    line = await OrderLine.get(order_id=order.id)
    assert (line.ordered_at, line.paid_at, line.pay_method, order.orderer_phone_end) == (
        order.created_at,
        None,
        "CARD",
        "5678",
    )
    assert order.recipient_phone_end == "5678"
    archived = await OrderLineArchive.get(line_no=old)
    header = await OrderArchive.get(id=archived.order_id)
    assert (archived.ordered_at, header.recipient_phone_end) == (header.created_at, "5678")


@pytest.mark.parametrize(
    "asked",
    [
        {"search_type": "order_no"},
        {"q": "x"},
        {"search_type": "zip", "q": "1"},
        {"order_status": "GONE"},
        {"page": 10**18},
        {"from": "2026-02-02", "to": "2026-02-01"},
        {"q": "x" * 101, "search_type": "buyer_name"},
        {"unknown": "1"},
    ],
)
async def test_what_cannot_be_meant_is_a_clear_error(client: httpx.AsyncClient, asked: dict[str, Any]) -> None:
    headers = await headers_with(client, "order:read")
    answer = await client.get(API, params=asked, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")


async def test_without_the_permission_nothing_is_shown(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "product:read")
    assert [(await client.get(path, headers=headers)).status_code for path in (API, f"{API}/counts")] == [403, 403]
