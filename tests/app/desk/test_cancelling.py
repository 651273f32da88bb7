"""판매자 주문취소: staff see which orders wait for money until when, and give unpaid ones up, many at once."""

import asyncio
from datetime import datetime
from typing import Any

import httpx
import pytest

from src.app.order.models import OrderStatus
from src.common.records import masking
from tests.app.desk.test_lines import listed
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    API,
    Placed,
    at_provider,
    complete,
    control,
    events_of,
    expire,
    faulty,
    hops_of,
    ledger_of,
    offering_accounts,
    order_of,
    payment_of,
    place,
    stock_of,
)

pytestmark = pytest.mark.usefixtures("empty")

REASON = "재고 실사 결과 품절"


async def cancel(client: httpx.AsyncClient, headers: dict[str, str], *order_nos: str) -> dict[str, Any]:
    body = {"order_nos": list(order_nos), "reason": REASON}
    answer = await client.post(f"{API}/admin/orders/bulk-cancel", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def codes(body: dict[str, Any]) -> list[str | None]:
    """The code of each row, None where it was done."""
    return [row["code"] for row in body["results"]]


async def waiting(client: httpx.AsyncClient, variant_id: int) -> Placed:
    """An order that waits for a deposit."""
    placed = await place(client, (variant_id, 1), pay_method="VIRTUAL_ACCOUNT")
    await control(client, placed.payment_id, "issue_virtual_account")
    await complete(client, placed.payment_id)
    return placed


async def test_unpaid_lines_show_where_and_until_when_they_are_paid(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    with offering_accounts():
        placed = await waiting(client, variant.id)
    await place(client, (variant.id, 1))
    masked, clear = await headers_with(client, "order:read"), await headers_with(client, "order:read", "pii:read")

    pending, deposit = (await listed(client, masked, order_status=["PENDING", "AWAITING_DEPOSIT"]))["items"]

    payment, order = await payment_of(placed.payment_id), await order_of(placed)
    assert (pending["deposit_due_at"], pending["virtual_account"], pending["pay_until"] is None) == (None, None, False)
    assert datetime.fromisoformat(deposit["deposit_due_at"]) == payment.account_due_at
    assert deposit["virtual_account"] == {
        "bank": payment.account_bank,
        "number": payment.account_number,
        "holder": masking.name(payment.account_holder),
    }
    shown = (await listed(client, clear, search_type="order_no", q=order.order_no))["items"][0]
    assert shown["virtual_account"]["holder"] == payment.account_holder
    detail = (await client.get(f"{API}/admin/orders/{order.order_no}", headers=clear)).json()
    assert detail["lines"][0]["virtual_account"] == shown["virtual_account"]


async def test_each_unpaid_order_is_given_up_once_and_each_other_says_why_not(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    headers = await headers_with(client, "order:write")
    with offering_accounts():
        deposit = await waiting(client, variant.id)
        unpaid, paid, gone = [await place(client, (variant.id, 1)) for _ in range(3)]
        await control(client, paid.payment_id, "pay")  # nobody told the shop yet
        body = await cancel(
            client,
            headers,
            *(deposit.order_no, unpaid.order_no, paid.order_no, "20200101-00000000", gone.order_no, gone.order_no),
        )

    assert codes(body) == [None, None, "ORDER_ALREADY_PAID", "ORDER_NOT_FOUND", "ORDER_TWICE", "ORDER_TWICE"]
    assert (body["done"], body["refused"]) == (2, 4)
    assert [row["retryable"] for row in body["results"]] == [False] * 6
    assert (await order_of(paid)).status == OrderStatus.PAID
    assert (await order_of(gone)).status == OrderStatus.PENDING
    assert (await order_of(deposit)).status == (await order_of(unpaid)).status == OrderStatus.CANCELLED
    assert (await at_provider(client, deposit.payment_id))[0] == "CANCELLED"
    assert await stock_of(variant) == 8
    assert (await hops_of(client, unpaid))[-1] == ("PENDING", "CANCELLED", "staff")
    assert "order.cancelled" in await events_of(unpaid)
    rows = await audited("order.cancelled")
    assert {(row["target_id"], row["before"]["status"], row["reason"]) for row in rows} == {
        (deposit.order_no, "AWAITING_DEPOSIT", REASON),
        (unpaid.order_no, "PENDING", REASON),
    }


async def test_given_up_again_and_at_once_gives_the_stock_back_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=5)
    placed = await place(client, (variant.id, 2))
    headers = await headers_with(client, "order:write")

    both = await asyncio.gather(*(cancel(client, headers, placed.order_no) for _ in range(2)))
    again = await cancel(client, headers, placed.order_no)

    assert [codes(body) for body in (*both, again)] == [[None]] * 3
    assert (await stock_of(variant), await ledger_of(variant)) == (5, [("HOLD", -2), ("RELEASE", 2)])
    assert len(await audited("order.cancelled")) == 1


async def test_an_order_that_ran_out_of_time_is_not_given_up(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    assert await expire(minutes=31) == 1

    body = await cancel(client, await headers_with(client, "order:write"), placed.order_no)

    assert codes(body) == ["ORDER_EXPIRED"]


async def test_while_a_payment_is_under_way_or_cannot_be_read_the_order_stays(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    headers = await headers_with(client, "order:write")

    async with faulty(client, "get", "error_503", times=9):
        body = await cancel(client, headers, placed.order_no)

    assert (codes(body), body["results"][0]["retryable"]) == (["PAYMENT_PROVIDER_UNAVAILABLE"], True)
    assert (await order_of(placed)).status == OrderStatus.PENDING
    assert codes(await cancel(client, headers, placed.order_no)) == [None]


@pytest.mark.parametrize(
    "changes", [{"order_nos": []}, {"order_nos": ["x"]}, {"reason": " "}, {"order_nos": ["20261120-7Q6X9ZPM"] * 501}]
)
async def test_a_list_that_cannot_be_meant_is_an_error(client: httpx.AsyncClient, changes: dict[str, Any]) -> None:
    body = {"order_nos": ["20261120-7Q6X9ZPM"], "reason": REASON, **changes}
    url = f"{API}/admin/orders/bulk-cancel"
    answer = await client.post(url, json=body, headers=await headers_with(client, "order:write"))
    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")
    assert (await client.post(url, json=body, headers=await headers_with(client, "order:read"))).status_code == 403
