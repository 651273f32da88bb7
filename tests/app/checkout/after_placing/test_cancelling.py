"""Giving up an order that is not paid: the stock comes back at once, and no money can get lost over it."""

import asyncio

import httpx
import pytest

from src.app.order.models import Order
from src.app.payment.models import Payment, PaymentVerdict
from src.common.models import IdempotencyKey
from src.worker.jobs.run import run_job
from tests.app.checkout.support import said
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    API,
    Placed,
    at_provider,
    cancel_order,
    complete,
    control,
    events_of,
    expire,
    faulty,
    hops_of,
    ledger_of,
    new_key,
    offering_accounts,
    order_body,
    order_of,
    pay_again,
    payment_of,
    place,
    read_order,
    stock_of,
)
from tests.factories.people import bearer


@pytest.mark.fault("M6")
async def test_last_piece_can_be_ordered_again_at_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=1)
    placed = await place(client, (variant.id, 1))

    answer = await cancel_order(client, placed, reason="색상을 잘못 골랐어요")

    assert answer.status_code == 200, answer.text
    assert answer.json() == await read_order(client, placed)
    assert answer.json()["status"] == "CANCELLED"
    assert answer.json()["timeline"][-1]["reason"] == "색상을 잘못 골랐어요"
    assert await hops_of(client, placed) == [(None, "PENDING", "guest"), ("PENDING", "CANCELLED", "guest")]
    assert (await stock_of(variant), await ledger_of(variant)) == (1, [("HOLD", -1), ("RELEASE", 1)])
    assert await events_of(placed) == ["order.cancelled"]
    order = await order_of(placed)
    assert (order.ended_at is not None, order.paid_at) == (True, None)
    await place(client, (variant.id, 1))


@pytest.mark.parametrize("body", [None, {}, {"reason": ""}])
async def test_nothing_has_to_be_said(client: httpx.AsyncClient, body: dict[str, str] | None) -> None:
    placed = await place(client, ((await make_variant()).id, 1), headers=await bearer(client))
    answer = await client.post(
        f"{API}/orders/{placed.order_no}/cancel", json=body, headers={"Idempotency-Key": new_key(), **placed.headers}
    )
    assert answer.status_code == 200
    assert answer.json()["timeline"][-1] | {"at": ""} == {
        "at": "",
        "from_status": "PENDING",
        "to_status": "CANCELLED",
        "by": "member",
        "reason": "주문자 취소",
    }


@pytest.mark.parametrize("body", [{"reason": "가" * 201}, {"reason": 1}, {"refund": True}, []])
async def test_bad_body_is_refused_and_changes_nothing(client: httpx.AsyncClient, body: object) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    answer = await client.post(
        f"{API}/orders/{placed.order_no}/cancel", json=body, headers={"Idempotency-Key": new_key(), **placed.headers}
    )
    assert said(answer) == (422, "VALIDATION_ERROR")
    assert (await read_order(client, placed))["status"] == "PENDING"


async def test_key_is_required_and_the_same_key_is_the_same_answer(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    without = await client.post(f"{API}/orders/{placed.order_no}/cancel", json={}, headers=placed.headers)
    assert said(without) == (400, "IDEMPOTENCY_KEY_REQUIRED")
    key = new_key()

    first, second = await cancel_order(client, placed, key=key), await cancel_order(client, placed, key=key)

    assert first.content == second.content
    assert ("Idempotency-Replayed" in first.headers, second.headers["Idempotency-Replayed"]) == (False, "true")
    assert said(await cancel_order(client, placed, key=key, reason="또")) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert (await cancel_order(client, placed)).content == first.content
    assert (await stock_of(variant), await events_of(placed)) == (10, ["order.cancelled"])


async def test_cancelled_at_once_from_many_sides_gives_the_stock_back_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 3))
    answers = await asyncio.gather(*(cancel_order(client, placed) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert (await stock_of(variant), await ledger_of(variant)) == (10, [("HOLD", -3), ("RELEASE", 3)])
    assert await events_of(placed) == ["order.cancelled"]


async def test_order_of_somebody_else_is_not_found(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    for headers in ({}, await bearer(client)):
        foreign = Placed(order_no=placed.order_no, payment_id="", total=0, headers=dict(headers), body={})
        assert said(await cancel_order(client, foreign)) == (404, "ORDER_NOT_FOUND")
    assert (await read_order(client, placed))["status"] == "PENDING"
    assert await IdempotencyKey.filter(effect="").count() == 0


@pytest.mark.fault("M6")
async def test_payment_that_was_made_meanwhile_wins(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, second, "pay")

    assert said(await cancel_order(client, placed)) == (409, "ORDER_ALREADY_PAID")

    assert await hops_of(client, placed) == [(None, "PENDING", "guest"), ("PENDING", "PAID", "cancel")]
    assert (await payment_of(second)).verdict == PaymentVerdict.SETTLED
    assert said(await cancel_order(client, placed)) == (409, "ORDER_ALREADY_PAID")
    assert await stock_of(variant) == 9


@pytest.mark.fault("M6")
async def test_payment_under_way_or_unknown_keeps_the_order_as_it_is(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    before = await read_order(client, placed)
    async with faulty(client, "get", "error_503", times=2):
        assert said(await cancel_order(client, placed)) == (502, "PAYMENT_PROVIDER_UNAVAILABLE")
    assert await read_order(client, placed) == before
    await control(client, second, "pay_pending")
    assert said(await cancel_order(client, placed)) == (409, "PAYMENT_IN_PROGRESS")
    assert (await read_order(client, placed))["status"] == "PENDING"

    await control(client, second, "fail")
    assert (await cancel_order(client, placed)).json()["status"] == "CANCELLED"


@pytest.mark.fault("M6")
@pytest.mark.usefixtures("accounts_offered")
async def test_open_account_is_closed_first_and_the_order_stays_where_that_fails(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "issue_virtual_account")
    await complete(client, placed.payment_id)
    before = await read_order(client, placed)
    async with faulty(client, "close", "error_500"):
        assert said(await cancel_order(client, placed)) == (502, "PAYMENT_PROVIDER_UNAVAILABLE")
    assert await read_order(client, placed) == before
    assert (await at_provider(client, placed.payment_id))[0] == "VIRTUAL_ACCOUNT_ISSUED"

    assert (await cancel_order(client, placed)).json()["status"] == "CANCELLED"

    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert await events_of(placed) == ["order.awaiting_deposit", "order.cancelled"]


@pytest.mark.parametrize("offered", [False, True])
async def test_account_that_only_portone_knows_is_closed_too_and_told_to_nobody(
    client: httpx.AsyncClient, offered: bool
) -> None:
    with offering_accounts(pay_methods=("CARD", "VIRTUAL_ACCOUNT") if offered else ("CARD",)):
        placed = await place(client, ((await make_variant()).id, 1))
        await control(client, placed.payment_id, "issue_virtual_account")
        assert (await cancel_order(client, placed)).json()["status"] == "CANCELLED"
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert await events_of(placed) == ["order.cancelled"]


@pytest.mark.usefixtures("accounts_offered")
async def test_deposit_that_was_faster_than_the_closing_wins(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "issue_virtual_account")
    await complete(client, placed.payment_id)
    await control(client, placed.payment_id, "deposit")
    assert said(await cancel_order(client, placed)) == (409, "ORDER_ALREADY_PAID")
    assert (await read_order(client, placed))["status"] == "PAID"


async def test_order_that_is_over_says_so(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await expire(minutes=31)
    assert said(await cancel_order(client, placed)) == (409, "ORDER_EXPIRED")
    assert (await read_order(client, placed))["status"] == "EXPIRED"


async def test_order_over_nothing_counts_as_paid(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await Order.filter(order_no=placed.order_no).update(status="PAID")
    assert said(await cancel_order(client, placed)) == (409, "ORDER_ALREADY_PAID")


async def test_payment_in_a_window_left_open_is_given_back(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    assert (await cancel_order(client, placed)).status_code == 200
    await control(client, placed.payment_id, "pay")
    assert said(await complete(client, placed.payment_id)) == (409, "ORDER_EXPIRED")
    await run_job("send-refunds")
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", placed.total, ["SUCCEEDED"])
    assert (await Payment.get()).next_reread_at is not None


async def test_account_issued_in_a_window_left_open_is_closed(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    assert (await cancel_order(client, placed)).status_code == 200
    await control(client, placed.payment_id, "issue_virtual_account")
    assert said(await complete(client, placed.payment_id)) == (409, "ORDER_EXPIRED")
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"


@pytest.mark.fault("M6")
async def test_cart_tells_which_unpaid_order_of_mine_holds_what_is_missing_and_stays_as_it_is(
    client: httpx.AsyncClient,
) -> None:
    first, second = await variants_of(await make_product(sizes=2, stock=3))
    member = await bearer(client)
    for variant, quantity in ((first, 2), (second, 1)):
        answer = await client.post(
            f"{API}/cart/items", json={"variant_id": variant.id, "quantity": quantity}, headers=member
        )
        assert answer.status_code == 200
    placed = await place(client, (first.id, 3), headers=member)

    short, fine = (await client.get(f"{API}/cart", headers=member)).json()["items"]

    held = {"order_no": placed.order_no, "quantity": 3, "expires_at": placed.body["expires_at"]}
    assert (short["held_by"], short["stock"], short["available"]) == (held, 0, False)
    assert placed.order_no in short["notice"]
    assert (fine["held_by"], fine["available"]) == (None, True)

    before = (await client.get(f"{API}/cart", headers=member)).json()
    await cancel_order(client, placed)
    after = (await client.get(f"{API}/cart", headers=member)).json()
    assert [(item["variant_id"], item["quantity"]) for item in after["items"]] == [
        (item["variant_id"], item["quantity"]) for item in before["items"]
    ]
    assert [(item["held_by"], item["stock"], item["available"]) for item in after["items"]] == [
        (None, 3, True),
        (None, 3, True),
    ]


@pytest.mark.fault("M6")
async def test_stock_short_names_my_own_order_and_nobody_elses(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=2)
    guest, other = ({"X-Cart-Token": token} for token in ("q83vEjRWeJCrze8SNFZ4kA", "zzzvEjRWeJCrze8SNFZ4kB"))
    placed = await place(client, (variant.id, 2), headers=guest)
    item = {"variant_id": variant.id, "quantity": 1}
    body = order_body((variant.id, 1), expected_total=12_500)
    held = {"order_no": placed.order_no, "quantity": 2, "expires_at": placed.body["expires_at"]}

    for headers, expected in ((guest, held), (other, None), ({}, None), (await bearer(client), None)):
        added = await client.post(f"{API}/cart/items", json=item, headers=headers)
        ordered = await client.post(f"{API}/orders", json=body, headers={"Idempotency-Key": new_key(), **headers})
        for answer in (added, ordered):
            assert (said(answer), answer.json()["left"]) == ((409, "STOCK_SHORT"), 0)
            assert answer.json().get("held_by") == expected


@pytest.mark.fault("M6")
async def test_order_of_the_cart_that_i_merged_counts_as_mine(client: httpx.AsyncClient) -> None:
    variant, token = await make_variant(stock=1), "q83vEjRWeJCrze8SNFZ4kA"
    guest, member = {"X-Cart-Token": token}, await bearer(client)
    item = {"variant_id": variant.id, "quantity": 1}
    await client.post(f"{API}/cart/items", json=item, headers=guest)
    placed = await place(client, (variant.id, 1), headers=guest)

    merged = await client.post(f"{API}/cart/merge", json={"cart_token": token, "merge_id": "m-1"}, headers=member)
    assert merged.status_code == 200, merged.text

    added = await client.post(f"{API}/cart/items", json=item, headers=member)
    assert (said(added), added.json().get("held_by", {}).get("order_no")) == ((409, "STOCK_SHORT"), placed.order_no)
    stranger = await client.post(f"{API}/cart/items", json=item, headers=await bearer(client))
    assert "held_by" not in stranger.json()


async def test_changing_a_line_names_the_order_too_and_paid_ones_hold_nothing(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=3)
    member = await bearer(client)
    await client.post(f"{API}/cart/items", json={"variant_id": variant.id, "quantity": 1}, headers=member)
    placed = await place(client, (variant.id, 2), headers=member)
    path = f"{API}/cart/items/{variant.id}"

    short = await client.patch(path, json={"quantity": 2}, headers=member)
    assert (said(short), short.json()["held_by"]["order_no"]) == ((409, "STOCK_SHORT"), placed.order_no)

    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    assert "held_by" not in (await client.patch(path, json={"quantity": 2}, headers=member)).json()
