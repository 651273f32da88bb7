"""Channels with manual approval (수동 승인): the shop approves, once, and only what can still be paid."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.order.models import Order
from src.app.payment.models import Payment
from src.common import clock
from tests.app.checkout.support import said
from tests.app.payment.fakes import Told, using
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    API,
    Placed,
    at_provider,
    cancel_order,
    expire,
    faulty,
    place,
    read_order,
)
from tests.factories.people import staff_bearer

SETTINGS = f"{API}/admin/settings/payment-channels"


async def manual(client: httpx.AsyncClient) -> Placed:
    """An order by a card, on the channel with manual approval."""
    headers = await staff_bearer(client)
    wanted = (await client.get(SETTINGS, headers=headers)).json()["items"]
    for one in wanted:
        del one["is_offered"]
        if one["method"] == "CARD":
            one["is_active"] = one["manual_approval"]
    assert (await client.put(SETTINGS, json={"items": wanted}, headers=headers)).status_code == 200
    placed = await place(client, ((await make_variant()).id, 1))
    assert placed.body["payment"]["needs_confirm"]
    return placed


async def token_of(client: httpx.AsyncClient, placed: Placed) -> str:
    """The shopper agrees in the window, which leads back with a token."""
    payment = placed.body["payment"]
    form = {
        "storeId": payment["store_id"],
        "channelKey": payment["channel_key"],
        "paymentId": payment["payment_id"],
        "orderName": payment["order_name"],
        "totalAmount": str(payment["total_amount"]),
        "payMethod": payment["pay_method"],
        "redirectUrl": "http://shop.test/done",
        "do": "pay",
        "webhook": "none",
    }
    answer = await client.post("/sandbox/portone/window", data=form)
    assert answer.status_code == 303, answer.text
    return httpx.URL(answer.headers["location"]).params["paymentToken"]


async def confirm(client: httpx.AsyncClient, placed: Placed, token: str, **more: Any) -> httpx.Response:
    return await client.post(f"{API}/payments/{placed.payment_id}/confirm", json={"payment_token": token, **more})


async def test_the_window_alone_pays_nothing_and_confirming_does(client: httpx.AsyncClient) -> None:
    placed = await manual(client)
    token = await token_of(client, placed)
    assert said(await client.post(f"{API}/payments/{placed.payment_id}/complete")) == (409, "PAYMENT_NOT_PAID")
    done = await confirm(client, placed, token)
    assert (done.status_code, done.json()["order_status"], done.json()["paid_with"]) == (200, "PAID", "CARD")
    assert (await Payment.get()).channel == "CARD_MANUAL"


async def test_again_and_at_once_it_is_one_payment(client: httpx.AsyncClient) -> None:
    placed = await manual(client)
    token = await token_of(client, placed)
    answers = await asyncio.gather(*(confirm(client, placed, token) for _ in range(3)))
    told = {answer.status_code for answer in answers}
    assert told <= {200, 502}  # one that came while the first was at the provider may not know how it ends
    assert said(await confirm(client, placed, token)) == (200, "")
    assert said(await confirm(client, placed, "another")) == (200, "")
    assert await at_provider(client, placed.payment_id) == ("PAID", 0, [])
    assert (await read_order(client, placed))["status"] == "PAID"


@pytest.mark.parametrize("kind", ["error_500_after", "error_500", "garbage"])
async def test_an_unknown_outcome_is_read_again(client: httpx.AsyncClient, kind: str) -> None:
    placed = await manual(client)
    token = await token_of(client, placed)
    async with faulty(client, "confirm", kind):
        answer = await confirm(client, placed, token)
    if kind == "error_500_after":
        assert said(answer) == (200, "")
    else:
        assert said(answer) == (502, "PAYMENT_PROVIDER_UNAVAILABLE")
        assert (await read_order(client, placed))["status"] == "PENDING"
        assert said(await confirm(client, placed, token)) == (200, "")
    assert (await read_order(client, placed))["status"] == "PAID"


async def test_a_token_of_nobody_is_refused_and_another_window_may_follow(client: httpx.AsyncClient) -> None:
    placed = await manual(client)
    token = await token_of(client, placed)
    refused = await confirm(client, placed, "token-of-nobody")
    assert (said(refused), refused.json()["reason"]) == ((409, "PAYMENT_NOT_CONFIRMED"), "INVALID_PAYMENT_TOKEN")
    wrong = await confirm(client, placed, token, tx_id="another")
    assert wrong.json()["reason"] == "INFORMATION_MISMATCH"
    assert said(await confirm(client, placed, await token_of(client, placed))) == (200, "")


async def test_an_order_that_ended_is_never_approved(client: httpx.AsyncClient) -> None:
    placed = await manual(client)
    token = await token_of(client, placed)
    await Order.all().update(expires_at=clock.now())
    provider = Told()
    with using(provider):
        assert said(await confirm(client, placed, token)) == (409, "ORDER_EXPIRED")
    assert provider.calls == []
    await expire(minutes=31)
    assert said(await confirm(client, placed, token)) == (409, "ORDER_EXPIRED")
    assert (await at_provider(client, placed.payment_id))[0] == "READY"


async def test_a_cancelled_order_costs_nothing(client: httpx.AsyncClient) -> None:
    placed = await manual(client)
    token = await token_of(client, placed)
    assert (await cancel_order(client, placed)).status_code == 200
    assert said(await confirm(client, placed, token)) == (409, "ORDER_EXPIRED")
    assert (await Order.get()).paid_at is None


@pytest.mark.parametrize("body", [{}, {"payment_token": ""}, {"payment_token": "a b"}, {"payment_token": "x" * 1001}])
async def test_what_is_no_token_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    answer = await client.post(f"{API}/payments/{placed.payment_id}/confirm", json=body)
    assert said(answer) == (422, "VALIDATION_ERROR")


async def test_an_unknown_payment_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{API}/payments/01KAG6Q6X9ZP4M3C2B1A0ZYXWV/confirm", json={"payment_token": "t"})
    assert said(answer) == (404, "PAYMENT_NOT_FOUND")
