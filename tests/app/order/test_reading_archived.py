"""Archived orders are read through the same API as live ones, in one list with them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from src.app.order.models import Order, OrderArchive, OrderStatus
from src.app.order.services import personal_data as order_data
from src.app.order.services.queries import is_taken
from src.app.order.services.retention.anonymising import PERSONAL, anonymise_member
from src.app.order.services.withdrawal import has_open_orders
from src.app.payment.models import Payment, PaymentArchive
from src.app.payment.services import personal_data as payment_data
from src.app.payment.services.retention.anonymising import anonymise_member as anonymise_payments
from src.common.clock import korean
from src.common.models import Anonymisation, LegalRecord
from tests.app.product.captured import captured_sql
from tests.app.staff.people import headers_with
from tests.factories.archive import archive, archived_and_live
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, PHONE, Placed, expire, make_order, place
from tests.factories.people import bearer, make_member

START = datetime(2026, 3, 1, tzinfo=UTC)
MEMBER = 41


async def mixed(member_id: int | None = MEMBER, *, count: int = 12) -> list[Order]:
    """Orders of a member, an hour apart; every second one is closed, and so archived."""
    variant = await make_variant(stock=100)
    orders = []
    for number in range(count):
        status = OrderStatus.CONFIRMED if number % 2 else OrderStatus.PAID
        placed_at = START + timedelta(hours=number)
        orders.append(await make_order(variant, member_id=member_id, status=status, placed_at=placed_at))
    assert await archive() == count // 2
    return orders


async def pages(client: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> tuple[list[str], set[int]]:
    """The numbers on all pages, and the totals that were told."""
    numbers: list[str] = []
    totals = set()
    for page in range(1, 100):
        answer = await client.get(f"{API}/orders", params={"page": page, "size": 5, **query}, headers=headers)
        assert answer.status_code == 200, answer.text
        totals.add(answer.json()["total"])
        if not answer.json()["items"]:
            return numbers, totals
        numbers += [item["order_no"] for item in answer.json()["items"]]
    raise AssertionError("the pages have no end")


async def test_pages_hold_both_in_one_order(client: httpx.AsyncClient) -> None:
    member = await make_member()
    orders = await mixed(member.id)
    await mixed((await make_member()).id, count=2)
    newest_first = [order.order_no for order in reversed(orders)]
    assert await pages(client, await bearer(client, member)) == (newest_first, {12})


async def test_filters_count_both(client: httpx.AsyncClient) -> None:
    member = await make_member()
    orders = await mixed(member.id)
    headers = await bearer(client, member)
    closed = [order.order_no for order in reversed(orders) if order.status == OrderStatus.CONFIRMED]

    assert await pages(client, headers, status="CONFIRMED") == (closed, {6})
    assert await pages(client, headers, status="EXPIRED") == ([], {0})
    day = {"from": "2026-03-01", "to": "2026-03-01"}
    assert await pages(client, headers, **day) == ([order.order_no for order in reversed(orders)], {12})
    assert await pages(client, headers, **{"from": "2026-03-02"}) == ([], {0})


async def test_orders_of_one_moment_keep_one_order_in_both_tables(client: httpx.AsyncClient) -> None:
    member = await make_member()
    variant = await make_variant(stock=100)
    states = [OrderStatus.PAID, OrderStatus.CONFIRMED] * 4
    orders = [await make_order(variant, member_id=member.id, status=state, placed_at=START) for state in states]
    assert await archive() == 4
    assert await pages(client, await bearer(client, member)) == ([one.order_no for one in reversed(orders)], {8})


async def test_a_page_costs_the_same_statements_however_long(client: httpx.AsyncClient) -> None:
    """One statement asks both tables which orders; then each table once for the rows that are in it."""
    member = await make_member()
    headers = await bearer(client, member)
    for _ in range(4):
        await place(client, ((await make_variant(stock=5)).id, 1), headers=headers)
    live_only = await statements_of_a_page(client, headers, size=4)
    assert await expire(minutes=31) == 4
    await place(client, ((await make_variant(stock=5)).id, 1), headers=headers)
    assert await archive() == 4
    assert live_only == 5  # which, orders, lines, payments, timelines
    assert (
        await statements_of_a_page(client, headers, size=2) == await statements_of_a_page(client, headers, size=5) == 9
    )


async def statements_of_a_page(client: httpx.AsyncClient, headers: dict[str, str], *, size: int) -> int:
    with captured_sql() as statements:
        answer = await client.get(f"{API}/orders", params={"size": size}, headers=headers)
    assert len(answer.json()["items"]) == size
    return sum(any(word in statement for word in ("orders", "order_", "payment")) for statement in statements)


async def archived_guest_order(client: httpx.AsyncClient) -> Placed:
    placed = await place(client, ((await make_variant(stock=5)).id, 2))
    assert await expire(minutes=31) == 1
    assert await archive() == 1
    return placed


async def test_a_guest_reads_an_archived_order_by_token_and_by_telephone(client: httpx.AsyncClient) -> None:
    placed = await archived_guest_order(client)
    path = f"{API}/orders/{placed.order_no}"

    shown = (await client.get(path, headers=placed.headers)).json()
    found = await client.post(f"{API}/orders/lookup", json={"order_no": placed.order_no, "phone": PHONE})
    wrong = await client.post(f"{API}/orders/lookup", json={"order_no": placed.order_no, "phone": "01000000000"})

    assert (shown["status"], len(shown["lines"]), len(shown["timeline"])) == ("EXPIRED", 1, 2)
    assert [one["payment_id"] for one in shown["payments"]] == [placed.payment_id]
    assert found.json()["order"] == shown
    assert (wrong.status_code, (await client.get(path)).status_code) == (404, 404)


async def test_a_payment_of_an_archived_order_is_shown(client: httpx.AsyncClient) -> None:
    placed = await archived_guest_order(client)
    shown = (await client.get(f"{API}/payments/{placed.payment_id}")).json()
    assert (shown["order_no"], shown["order_status"], shown["payment_status"]) == (placed.order_no, "EXPIRED", "READY")
    assert (await archived_and_live())[0] == [placed.order_no]


async def test_an_archived_order_is_not_paid_again_and_stays_archived(client: httpx.AsyncClient) -> None:
    placed = await archived_guest_order(client)
    answer = await client.post(
        f"{API}/orders/{placed.order_no}/payments",
        json={"pay_method": "CARD"},
        headers={"Idempotency-Key": "again-and-again-1", **placed.headers},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "ORDER_EXPIRED")
    assert (await archived_and_live())[0] == [placed.order_no]


async def test_archived_numbers_are_taken(client: httpx.AsyncClient) -> None:
    placed = await archived_guest_order(client)
    assert await is_taken(placed.order_no)


async def test_members_orders_are_counted_with_the_archived_ones(client: httpx.AsyncClient) -> None:
    orders = await mixed()
    assert await has_open_orders(MEMBER)
    exported = (await order_data.export(MEMBER))["orders"]
    assert isinstance(exported, list)
    assert [one["order_no"] for one in exported if isinstance(one, dict)] == [order.order_no for order in orders]


async def test_the_export_holds_archived_payments(client: httpx.AsyncClient) -> None:
    member = await make_member()
    placed = await place(client, ((await make_variant(stock=5)).id, 2), headers=await bearer(client, member))
    assert await expire(minutes=31) == 1
    before = (await order_data.export(member.id), await payment_data.export(member.id))
    assert await archive() == 1
    assert (await order_data.export(member.id), await payment_data.export(member.id)) == before
    assert placed.payment_id in str(before[1])


async def test_who_leaves_is_separated_from_archived_orders_too(client: httpx.AsyncClient) -> None:
    member = await make_member()
    placed = await place(client, ((await make_variant(stock=5)).id, 2), headers=await bearer(client, member))
    assert await expire(minutes=31) == 1
    await Payment.all().update(receipt_url="https://receipt.example.com/1")
    assert await archive() == 1
    stranger = await make_order(await make_variant(), member_id=MEMBER, status=OrderStatus.CONFIRMED)
    assert await archive() == 1

    assert (await anonymise_member(member.id), await anonymise_payments(member.id)) == (1, 1)
    assert await archive(days=400) == 1

    mine, others = [await OrderArchive.get(order_no=number) for number in (placed.order_no, stranger.order_no)]
    assert {getattr(mine, column) for column in PERSONAL} == {""}
    assert others.orderer_name == "김민지"
    assert (await PaymentArchive.get(payment_id=placed.payment_id)).receipt_url == ""
    assert [record.reference for record in await LegalRecord.filter(domain="order")] == [placed.order_no]
    assert [record.reference for record in await LegalRecord.filter(domain="payment")] == [placed.payment_id]
    assert (await anonymise_member(member.id), await anonymise_payments(member.id)) == (0, 0)


async def test_a_separation_is_not_done_while_an_archived_order_holds_a_name(client: httpx.AsyncClient) -> None:
    """Archived between the look at the live table and the end: the job finds it the next time."""
    await make_order(await make_variant(), member_id=MEMBER, status=OrderStatus.CONFIRMED)
    assert await archive() == 1
    await OrderArchive.all().update(status=OrderStatus.PAID)  # so that this call passes it over
    await anonymise_member(MEMBER)
    await Anonymisation.all().update(requested_at=START)
    await anonymise_member(MEMBER)
    assert (await Anonymisation.get()).done_at is None


async def test_staff_see_archived_orders_in_a_members_figures(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await headers_with(client, "member:read")
    orders = await mixed(member.id, count=4)
    shown = (await client.get(f"{API}/admin/users/{member.id}", headers=headers)).json()["orders"]
    assert (shown["count"], shown["last_ordered_at"]) == (4, korean(orders[-1].created_at))


async def test_a_member_exports_archived_orders_over_the_api(client: httpx.AsyncClient) -> None:
    member = await make_member()
    orders = await mixed(member.id, count=4)
    answer = await client.get(f"{API}/me/export", headers=await bearer(client, member))
    assert answer.status_code == 200, answer.text
    assert all(order.order_no in answer.text for order in orders)
