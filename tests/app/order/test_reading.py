"""Reading orders: mine, page by page; everybody else's are as if they did not exist (docs/promises.md#p10)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderStatus
from src.app.order.services.guest_tokens import issue
from src.app.user.models import User
from src.common import clock
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    API,
    SHIPPING,
    as_placed,
    control,
    make_order,
    new_key,
    order_body,
    payment_of,
    place,
    post_order,
)
from tests.factories.people import bearer, make_member

ABSENT = "20261120-0000000A"


async def numbers(client: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> tuple[list[str], int]:
    answer = await client.get(f"{API}/orders", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["page"], body["size"]) == (query.get("page", 1), query.get("size", 20))
    return [item["order_no"] for item in body["items"]], body["total"]


async def member_with_orders(client: httpx.AsyncClient, *moments: datetime) -> tuple[User, dict[str, str], list[Order]]:
    member = await make_member()
    variant = await make_variant(stock=100)
    orders = [await make_order(variant, member_id=member.id, placed_at=moment) for moment in moments]
    return member, await bearer(client, member), orders


async def test_my_orders_are_mine_newest_first(client: httpx.AsyncClient) -> None:
    start = datetime(2026, 11, 1, tzinfo=UTC)
    _, headers, orders = await member_with_orders(client, *(start + timedelta(hours=hour) for hour in range(3)))
    variant = await make_variant()
    await make_order(variant)
    await make_order(variant, member_id=(await make_member()).id)

    assert await numbers(client, headers) == ([order.order_no for order in reversed(orders)], 3)


async def test_orders_of_one_moment_keep_one_order_over_all_pages(client: httpx.AsyncClient) -> None:
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    _, headers, orders = await member_with_orders(client, *[moment] * 5)
    newest_first = [order.order_no for order in reversed(orders)]

    pages = [await numbers(client, headers, page=page, size=2) for page in (1, 2, 3, 4)]

    assert pages == [(newest_first[:2], 5), (newest_first[2:4], 5), (newest_first[4:], 5), ([], 5)]


async def test_last_page_that_may_be_asked_is_empty_and_no_error(client: httpx.AsyncClient) -> None:
    _, headers, _ = await member_with_orders(client, datetime.now(UTC))
    assert await numbers(client, headers, page=10_000, size=100) == ([], 1)


async def test_status_filter_takes_one_state(client: httpx.AsyncClient) -> None:
    member, headers, _ = await member_with_orders(client, datetime.now(UTC))
    paid = await make_order(await make_variant(), member_id=member.id, status=OrderStatus.PAID)

    assert await numbers(client, headers, status="PAID") == ([paid.order_no], 1)
    assert await numbers(client, headers, status="EXPIRED") == ([], 0)


async def test_days_are_korean_calendar_days_both_included(client: httpx.AsyncClient) -> None:
    moments = [
        datetime(2026, 11, 9, 14, 59, 59, 999_999, tzinfo=UTC),  # the last of the 9th in Korea
        datetime(2026, 11, 9, 15, 0, tzinfo=UTC),  # midnight, the 10th
        datetime(2026, 11, 10, 14, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 11, 10, 15, 0, tzinfo=UTC),  # the 11th
    ]
    _, headers, orders = await member_with_orders(client, *moments)
    ninth, first, last, eleventh = [order.order_no for order in orders]

    assert await numbers(client, headers, **{"from": "2026-11-10", "to": "2026-11-10"}) == ([last, first], 2)
    assert await numbers(client, headers, **{"from": "2026-11-10"}) == ([eleventh, last, first], 3)
    assert await numbers(client, headers, to="2026-11-09") == ([ninth], 1)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-11-20", "to": "2026-11-19"}, ""),
        ({"from": "2026-02-30"}, "from"),
        ({"to": "yesterday"}, "to"),
        ({"from": "0001-01-01"}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"status": "paid"}, "status"),
        ({"status": "GOLD"}, "status"),
        ({"page": "0"}, "page"),
        ({"page": "10001"}, "page"),
        ({"page": str(10**18)}, "page"),
        ({"page": "9" * 5000}, "page"),
        ({"page": "1.5"}, "page"),
        ({"size": "0"}, "size"),
        ({"size": "101"}, "size"),
        ({"size": "-1"}, "size"),
        ({"sort": "id;drop"}, "sort"),
        ({"member_id": "1"}, "member_id"),
    ],
)
async def test_bad_query_is_refused(client: httpx.AsyncClient, query: dict[str, str], field: str) -> None:
    answer = await client.get(f"{API}/orders", params=query, headers=await bearer(client))

    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")
    assert [problem["field"] for problem in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5"])
async def test_list_needs_a_member(client: httpx.AsyncClient, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}

    answer = await client.get(f"{API}/orders", params={"page": "0"}, headers=headers)

    assert answer.status_code == 401


async def test_my_order_shows_lines_payments_and_timeline_and_nothing_of_the_house(client: httpx.AsyncClient) -> None:
    headers = await bearer(client)
    variant = await make_variant(price=45_000)
    placed = await place(client, (variant.id, 2), headers=headers)
    await control(client, placed.payment_id, "pay")
    assert (await client.post(f"{API}/payments/{placed.payment_id}/complete")).status_code == 200

    body = (await client.get(f"{API}/orders/{placed.order_no}", headers=headers)).json()

    row = await Order.get(order_no=placed.order_no)
    kept = {name: value for name, value in placed.body.items() if name not in ("payment", "guest_token")}
    timeline = body.pop("timeline")
    created_at = body.pop("created_at")
    payment = await payment_of(placed.payment_id)
    assert payment.paid_at is not None
    assert row.paid_at is not None
    now = {"status": "PAID", "cancelled": 0, "shipped": 0, "delivered": 0, "ship_by": None, "delay": None}
    assert body == {
        **kept,
        "status": "PAID",
        "lines": [{**line, **now, "allowed_actions": []} for line in placed.body["lines"]],
        "payments": [
            {
                "payment_id": placed.payment_id,
                "payment_status": "PAID",
                "pay_method": "CARD",
                "paid_with": "CARD",
                "failure_reason": None,
                "total_amount": 92_500,
                "paid_amount": 92_500,
                "cancelled_amount": 0,
                "paid_at": clock.korean(payment.paid_at),
                "receipt_url": payment.receipt_url,
                "virtual_account": None,
            }
        ],
        "orderer": {"name": "김민지", "phone": "01012345678", "email": "minji@example.com"},
        "shipping": {**SHIPPING, "address_detail": "", "memo": ""},
        "paid_at": clock.korean(row.paid_at),
        "shipments": [],
        "cash_receipt": None,
        "allowed_actions": ["CHANGE_SHIPPING"],
    }
    assert datetime.fromisoformat(created_at) == row.created_at.replace(microsecond=0)
    assert created_at.endswith("+09:00")
    assert [(entry["from_status"], entry["to_status"], entry["by"], entry["reason"]) for entry in timeline] == [
        (None, "PENDING", "member", ""),
        ("PENDING", "PAID", "browser", "결제 완료"),
    ]
    assert placed.body["guest_token"] is None


async def test_foreign_and_absent_orders_look_the_same_to_the_byte(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    guests = await place(client, (variant.id, 1))
    members = await place(client, (variant.id, 1), headers=await bearer(client))
    other_guest = await place(client, (variant.id, 1))
    stranger = await bearer(client)

    async def seen(order_no: str, headers: dict[str, str]) -> tuple[int, bytes]:
        answer = await client.get(f"{API}/orders/{order_no}", headers={**headers, "X-Request-ID": "same"})
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.status_code, answer.content.replace(order_no.encode(), b"<number>")

    absent = await seen(ABSENT, {})
    assert absent[0] == 404
    assert b'"ORDER_NOT_FOUND"' in absent[1]
    for order_no in (guests.order_no, members.order_no, ABSENT):
        for headers in ({}, stranger, other_guest.headers, {**stranger, **other_guest.headers}):
            assert await seen(order_no, headers) == absent


async def test_guest_token_never_opens_a_members_order(client: httpx.AsyncClient) -> None:
    member = await make_member()
    order = await make_order(await make_variant(), member_id=member.id)
    token = issue(order, since=order.created_at)
    answer = await client.get(f"{API}/orders/{order.order_no}", headers={"X-Guest-Token": token})

    assert (answer.status_code, answer.json()["code"]) == (404, "ORDER_NOT_FOUND")


async def test_broken_bearer_is_refused_even_beside_a_right_guest_token(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    headers = {**placed.headers, "Authorization": "Bearer x.y.z"}

    answer = await client.get(f"{API}/orders/{placed.order_no}", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (401, "INVALID_TOKEN")


@pytest.mark.parametrize("phone", ["01012345678", "010-1234-5678", "010 1234 5678"])
async def test_lookup_compares_digits(client: httpx.AsyncClient, phone: str) -> None:
    placed = await place(client, ((await make_variant()).id, 1))

    answer = await client.post(f"{API}/orders/lookup", json={"order_no": placed.order_no, "phone": phone})

    assert answer.status_code == 200
    assert answer.json()["order"]["order_no"] == placed.order_no
    opened = await client.get(
        f"{API}/orders/{placed.order_no}", headers={"X-Guest-Token": answer.json()["guest_token"]}
    )
    assert opened.json() == answer.json()["order"]


async def test_lookup_reads_the_number_as_people_type_it(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    order = await make_order(variant, placed_at=moment)
    await Order.filter(id=order.id).update(order_no="20261120-10A0B1CD")

    answer = await client.post(f"{API}/orders/lookup", json={"order_no": " 20261120-iOaob1cd ", "phone": "01012345678"})

    assert (answer.status_code, answer.json()["order"]["order_no"]) == (200, "20261120-10A0B1CD")


async def test_lookup_of_any_mismatch_is_the_same_answer(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    members = await place(client, ((await make_variant()).id, 1), headers=await bearer(client))
    asked = [(placed.order_no, "01000000000"), (ABSENT, "01012345678"), (members.order_no, "01012345678")]

    answers = [
        await client.post(
            f"{API}/orders/lookup", json={"order_no": number, "phone": phone}, headers={"X-Request-ID": "same"}
        )
        for number, phone in asked
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["code"] == "ORDER_NOT_FOUND"


async def test_recipients_phone_does_not_look_the_order_up(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    shipping = {"recipient": "박", "phone": "01099998888", "zipcode": "06236", "address": "서울"}
    placed = await place(client, (variant.id, 1), shipping=shipping)

    answer = await client.post(f"{API}/orders/lookup", json={"order_no": placed.order_no, "phone": "01099998888"})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"order_no": "1", "phone": "01012345678"},
        {"order_no": "20261120-7Q6X\n9ZPM", "phone": "01012345678"},
        {"order_no": "20261120-UUUUUUUU", "phone": "01012345678"},
        {"order_no": "２０２６１１２０-7Q6X9ZPM", "phone": "01012345678"},
        {"order_no": "20261120-7Q6X9ZPM0", "phone": "01012345678"},
        {"order_no": "20261120-7Q6X9ZPM", "phone": "1"},
        {"order_no": "20261120-7Q6X9ZPM", "phone": "０１０１２３"},
        {"order_no": ["20261120-7Q6X9ZPM"], "phone": "01012345678"},
        {"order_no": "20261120-7Q6X9ZPM", "phone": "01012345678", "member_id": 1},
    ],
)
async def test_lookup_of_a_bad_body_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await client.post(f"{API}/orders/lookup", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")


async def test_lookup_is_limited_to_twenty_in_ten_minutes(client: httpx.AsyncClient) -> None:
    body = {"order_no": ABSENT, "phone": "01012345678"}
    answers = [await client.post(f"{API}/orders/lookup", json=body) for _ in range(21)]

    assert [answer.status_code for answer in answers] == [404] * 20 + [429]
    assert answers[-1].json()["code"] == "TOO_MANY_ATTEMPTS"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 601


async def test_personal_answers_are_not_stored(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    made = await post_order(client, order_body((variant.id, 1), expected_total=12_500), key=new_key())
    placed = as_placed(made)
    read = await client.get(f"{API}/orders/{placed.order_no}", headers=placed.headers)

    assert (made.headers["cache-control"], read.headers["cache-control"]) == ("no-store", "no-store")
