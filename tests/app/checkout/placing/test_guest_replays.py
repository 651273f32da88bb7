"""One order for one intent of a guest, whatever became of the cart's token meanwhile."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import httpx
import pytest

from src.app.order.models import Order
from src.app.payment.models import Payment
from src.common import clock
from src.common.models import IdempotencyKey
from tests.app.checkout.support import said
from tests.factories.carts import guest_with, lines_of, merge_into, new_guest
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, as_placed, new_key, order_body, post_order, stock_of
from tests.factories.people import bearer


@pytest.mark.fault("M16")
@pytest.mark.parametrize("source", ["items", "from_cart"])
async def test_a_guest_without_the_token_gets_the_same_order(client: httpx.AsyncClient, source: str) -> None:
    variant = await make_variant()
    cart = await guest_with(client, (variant.id, 1))
    body = order_body((variant.id, 1), expected_total=12_500)
    if source == "from_cart":
        body = order_body(expected_total=12_500, items=None, from_cart=True)
    key = new_key()

    first = await post_order(client, body, key=key, headers=cart)
    client.cookies.clear()
    again = [
        await post_order(client, body, key=key, headers=headers)
        for headers in ({}, new_guest(), cart, {"X-Cart-Token": "x" * 22})
    ]

    assert first.status_code == 201, first.text
    assert [answer.status_code for answer in again] == [201] * 4
    assert {answer.content for answer in again} == {first.content}
    assert {answer.headers.get("Idempotency-Replayed") for answer in again} == {"true"}
    assert (await Order.all().count(), await Payment.all().count(), await stock_of(variant)) == (1, 1, 9)


@pytest.mark.fault("M16")
async def test_guests_at_once_with_and_without_the_token_make_one_order(client: httpx.AsyncClient) -> None:
    """Each request on a connection of its own: nobody sees the other's claim before it is committed."""
    variant = await make_variant(stock=50)
    for number in range(8):
        cart = await guest_with(client, (variant.id, 1))
        client.cookies.clear()
        key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
        scopes: list[Mapping[str, str]] = [cart, {}, new_guest(), {}, cart]
        answers = await asyncio.gather(
            *(post_order(client, body, key=key, headers=headers) for headers in scopes[number % 2 :])
        )
        made = [answer for answer in answers if answer.status_code == 201]
        assert [answer.headers.get("Idempotency-Replayed") for answer in made].count(None) == 1
        assert len({answer.content for answer in made}) == 1
        assert {said(answer) for answer in answers if answer.status_code != 201} <= {(409, "IDEMPOTENCY_IN_PROGRESS")}
        assert await Order.all().count() == number + 1
    assert await stock_of(variant) == 42


@pytest.mark.fault("M16")
async def test_another_try_to_pay_without_the_cart_is_the_same_payment(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    cart = await guest_with(client, (variant.id, 1))
    placed = as_placed(await post_order(client, order_body((variant.id, 1), expected_total=12_500)))
    key = new_key()

    async def pay(**headers: str) -> httpx.Response:
        return await client.post(
            f"{API}/orders/{placed.order_no}/payments",
            json={"pay_method": "CARD"},
            headers={"Idempotency-Key": key, **placed.headers, **headers},
        )

    first, second = await pay(**cart), await pay()

    assert (first.status_code, second.status_code, await Payment.all().count()) == (201, 201, 2)
    assert (first.content, second.headers.get("Idempotency-Replayed")) == (second.content, "true")


async def test_another_body_of_another_guest_is_no_conflict_and_of_the_same_guest_is_one(
    client: httpx.AsyncClient,
) -> None:
    variant = await make_variant()
    mine, theirs = new_guest(), new_guest()
    key = new_key()
    one, two = (order_body((variant.id, number), expected_total=2_500 + 10_000 * number) for number in (1, 2))

    first = await post_order(client, one, key=key, headers=mine)
    other = await post_order(client, two, key=key, headers=theirs)
    refused = await post_order(client, two, key=key, headers=mine)

    assert (first.status_code, other.status_code) == (201, 201)
    assert first.json()["order_no"] != other.json()["order_no"]
    assert refused.json()["order_no"] == other.json()["order_no"]  # theirs: the same key, path and body
    three = order_body((variant.id, 3), expected_total=32_500)
    assert said(await post_order(client, three, key=key, headers=mine)) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert await Order.all().count() == 2


@pytest.mark.fault("M16")
async def test_the_member_who_merged_the_cart_gets_the_guests_order(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    first_cart, second_cart = await guest_with(client, (variant.id, 1)), new_guest()
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    placed = await post_order(client, body, key=key, headers=first_cart)
    member = await bearer(client)
    await merge_into(client, second_cart, cart_token=first_cart["X-Cart-Token"])
    await merge_into(client, member, cart_token=second_cart["X-Cart-Token"])

    again = await post_order(client, body, key=key, headers=member)

    assert (again.status_code, again.content) == (201, placed.content)
    assert again.headers.get("Idempotency-Replayed") == "true"
    assert await Order.all().count() == 1


async def test_a_member_who_merged_nothing_gets_an_order_of_the_own(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    cart = await guest_with(client, (variant.id, 1))
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    placed = await post_order(client, body, key=key, headers=cart)

    own = await post_order(client, body, key=key, headers=await bearer(client))

    assert (own.status_code, own.json()["guest_token"]) == (201, None)
    assert own.json()["order_no"] != placed.json()["order_no"]


async def test_a_guests_key_is_new_again_after_two_days(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    cart = await guest_with(client, (variant.id, 1))
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    first = await post_order(client, body, key=key, headers=cart)
    await IdempotencyKey.all().update(created_at=clock.now() - timedelta(hours=48, seconds=1))
    client.cookies.clear()

    second = await post_order(client, body, key=key)

    assert (second.status_code, "Idempotency-Replayed" in second.headers) == (201, False)
    assert first.json()["order_no"] != second.json()["order_no"]


async def test_a_cart_that_cannot_be_read_frees_the_key_for_the_guest_who_has_it(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    cart = await guest_with(client, (variant.id, 1))
    key, body = new_key(), order_body(expected_total=12_500, items=None, from_cart=True)
    client.cookies.clear()

    without = await post_order(client, body, key=key)
    with_it = await post_order(client, body, key=key, headers=cart)

    assert said(without) == (422, "CART_EMPTY")
    assert (with_it.status_code, "Idempotency-Replayed" in with_it.headers) == (201, False)
    assert await lines_of(client, cart) == [(variant.id, 1)]
