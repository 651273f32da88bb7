"""How many unpaid orders one person may have open."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from src.app.order.models import Order
from src.common import clock
from src.core.configs import Settings, use
from tests.app.checkout.support import said
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    ORDERER,
    complete,
    control,
    expire,
    offering_accounts,
    order_body,
    place,
    post_order,
    stock_of,
)
from tests.factories.people import bearer


@contextmanager
def capped(chosen: Settings, *, person: int | None = 0, address: int | None = 0) -> Iterator[None]:
    orders = chosen.orders.model_copy(update={"unpaid_per_person": person, "unpaid_per_address": address})
    with use(replace(chosen, orders=orders)):
        yield


def a_cart() -> dict[str, str]:
    return {"X-Cart-Token": secrets.token_urlsafe(16)}


def at(address: str, headers: dict[str, str] | None = None) -> dict[str, str]:
    """Asked from this address, as the proxy on loopback tells."""
    return {"X-Forwarded-For": address, **(headers or {})}


async def test_cart_at_its_cap_is_refused_until_an_order_is_paid(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant, mine = await make_variant(), a_cart()
    body = order_body((variant.id, 1), expected_total=12_500)
    with capped(shop_settings, person=2):
        first = await place(client, (variant.id, 1), headers=mine)
        await place(client, (variant.id, 1), headers=mine)
        await Order.filter(order_no=first.order_no).update(expires_at=clock.now() + timedelta(seconds=100))

        refused = await post_order(client, body, headers=mine)
        assert said(refused) == (429, "TOO_MANY_UNPAID_ORDERS")
        assert 60 <= int(refused.headers["Retry-After"]) == refused.json()["retry_after"] <= 100
        assert await stock_of(variant) == 8

        await control(client, first.payment_id, "pay")
        await complete(client, first.payment_id)
        assert (await post_order(client, body, headers=mine)).status_code == 201
        assert said(await post_order(client, body, headers=mine)) == (429, "TOO_MANY_UNPAID_ORDERS")
        assert (await post_order(client, body, headers=a_cart())).status_code == 201


async def test_expired_orders_do_not_count(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    variant, mine = await make_variant(), a_cart()
    with capped(shop_settings, person=1):
        await place(client, (variant.id, 1), headers=mine)
        assert await expire(minutes=31) == 1
        await place(client, (variant.id, 1), headers=mine)


async def test_order_waiting_for_its_deposit_counts(client: httpx.AsyncClient) -> None:
    variant, mine = await make_variant(), a_cart()
    with offering_accounts(unpaid_per_person=1):
        placed = await place(client, (variant.id, 1), headers=mine)
        await control(client, placed.payment_id, "issue_virtual_account")
        assert (await complete(client, placed.payment_id)).json()["order_status"] == "AWAITING_DEPOSIT"
        refused = await post_order(client, order_body((variant.id, 1), expected_total=12_500), headers=mine)
        assert said(refused) == (429, "TOO_MANY_UNPAID_ORDERS")


@pytest.mark.fault("M1")
async def test_orders_on_a_strangers_telephone_number_keep_that_person_from_nothing(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant = await make_variant(stock=30)
    with capped(shop_settings, person=5, address=0):
        for _ in range(6):  # each as a visitor who was never here
            await place(client, (variant.id, 1), orderer=ORDERER, headers=a_cart())
        for headers in (a_cart(), {}, await bearer(client)):
            answer = await post_order(
                client, order_body((variant.id, 1), expected_total=12_500, orderer=ORDERER), headers=headers
            )
            assert answer.status_code == 201, answer.text


async def test_members_count_by_themselves_whatever_telephone_or_cart_they_name(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant = await make_variant()
    body = order_body((variant.id, 1), expected_total=12_500)
    other_phone = {**body, "orderer": {**ORDERER, "phone": "01099998888"}}
    one, other = await bearer(client), await bearer(client)
    with capped(shop_settings, person=1):
        assert (await post_order(client, body, headers=one)).status_code == 201
        assert (await post_order(client, body, headers=other)).status_code == 201
        assert said(await post_order(client, other_phone, headers={**one, **a_cart()})) == (
            429,
            "TOO_MANY_UNPAID_ORDERS",
        )


async def test_address_of_guests_at_its_cap_keeps_guests_away_and_no_member(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant = await make_variant()
    body = order_body((variant.id, 1), expected_total=12_500)
    member = await bearer(client)
    with capped(shop_settings, address=3):
        for _ in range(2):
            await place(client, (variant.id, 1), headers=member)
        for _ in range(3):
            await place(client, (variant.id, 1), headers=a_cart())
        assert said(await post_order(client, body, headers=a_cart())) == (429, "TOO_MANY_UNPAID_ORDERS")
        assert said(await post_order(client, body)) == (429, "TOO_MANY_UNPAID_ORDERS")
        assert (await post_order(client, body, headers=member)).status_code == 201


@pytest.mark.fault("M1")
async def test_whole_network_of_an_ipv6_address_counts_as_one(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant = await make_variant()
    body = order_body((variant.id, 1), expected_total=12_500)
    with capped(shop_settings, address=2):
        for number in range(2):
            phone = f"0101111000{number}"
            orderer = {**ORDERER, "phone": phone}
            await place(client, (variant.id, 1), headers=at(f"2001:db8:1:2:{number}::7"), orderer=orderer)
        refused = await post_order(client, body, headers=at("2001:db8:1:2:ffff::1"))
        assert said(refused) == (429, "TOO_MANY_UNPAID_ORDERS")
        assert (await post_order(client, body, headers=at("2001:db8:1:3::1"))).status_code == 201
        for address in ("203.0.113.7", "::ffff:203.0.113.7"):
            assert (await post_order(client, body, headers=at(address))).status_code == 201
        assert said(await post_order(client, body, headers=at("203.0.113.7"))) == (429, "TOO_MANY_UNPAID_ORDERS")
        assert (await post_order(client, body, headers=at("203.0.113.8"))).status_code == 201


async def test_cap_comes_after_the_way_to_pay_and_before_stock(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant, mine = await make_variant(), a_cart()
    with capped(shop_settings, person=1):
        await place(client, (variant.id, 1), headers=mine)
        not_offered = order_body((variant.id, 99), expected_total=1, pay_method="VIRTUAL_ACCOUNT")
        assert said(await post_order(client, not_offered, headers=mine)) == (422, "PAY_METHOD_NOT_OFFERED")
        short = order_body((variant.id, 99), expected_total=1)
        assert said(await post_order(client, short, headers=mine)) == (429, "TOO_MANY_UNPAID_ORDERS")


async def test_nothing_is_capped_here_unless_it_is_said(client: httpx.AsyncClient) -> None:
    variant, mine = await make_variant(stock=30), a_cart()
    for _ in range(22):
        await place(client, (variant.id, 1), headers=mine)
    assert await stock_of(variant) == 8


async def test_outside_local_five_by_cart_and_twenty_by_address(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant = await make_variant(stock=30)
    body = order_body((variant.id, 1), expected_total=12_500)
    stage = replace(shop_settings, server=shop_settings.server.model_copy(update={"env": "stage", "sandbox": True}))
    with use(stage):
        carts = [a_cart() for _ in range(4)]
        for number in range(20):
            await place(client, (variant.id, 1), headers=carts[number // 5])
            if number == 4:
                assert said(await post_order(client, body, headers=carts[0])) == (429, "TOO_MANY_UNPAID_ORDERS")
        assert said(await post_order(client, body, headers=a_cart())) == (429, "TOO_MANY_UNPAID_ORDERS")
    assert await stock_of(variant) == 10
