"""How many unpaid orders one person may have open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import httpx

from src.app.order.models import Order
from src.common.utils import clock
from src.core.configs import Settings, use
from src.core.configs.groups import OrderSettings
from tests.app.checkout.support import said
from tests.factories.catalogue import make_variant
from tests.factories.orders import ORDERER, complete, control, expire, order_body, place, post_order, stock_of
from tests.factories.people import bearer


@contextmanager
def capped(chosen: Settings, *, person: int | None = 0, address: int | None = 0) -> Iterator[None]:
    orders = OrderSettings(unpaid_per_person=person, unpaid_per_address=address)
    with use(replace(chosen, orders=orders)):
        yield


async def test_phone_at_its_cap_is_refused_until_an_order_is_paid(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant = await make_variant()
    body = order_body((variant.id, 1), expected_total=12_500)
    with capped(shop_settings, person=2):
        first = await place(client, (variant.id, 1))
        await place(client, (variant.id, 1))
        await Order.filter(order_no=first.order_no).update(expires_at=clock.now() + timedelta(seconds=100))

        refused = await post_order(client, body)
        assert said(refused) == (429, "TOO_MANY_UNPAID_ORDERS")
        assert 60 <= int(refused.headers["Retry-After"]) == refused.json()["retry_after"] <= 100
        assert await stock_of(variant) == 8

        await control(client, first.payment_id, "pay")
        await complete(client, first.payment_id)
        assert (await post_order(client, body)).status_code == 201
        assert said(await post_order(client, body)) == (429, "TOO_MANY_UNPAID_ORDERS")


async def test_expired_orders_do_not_count(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    variant = await make_variant()
    with capped(shop_settings, person=1):
        await place(client, (variant.id, 1))
        assert await expire(minutes=31) == 1
        await place(client, (variant.id, 1))


async def test_order_waiting_for_its_deposit_counts(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    variant = await make_variant()
    with capped(shop_settings, person=1):
        placed = await place(client, (variant.id, 1))
        await control(client, placed.payment_id, "issue_virtual_account")
        await complete(client, placed.payment_id)
        refused = await post_order(client, order_body((variant.id, 1), expected_total=12_500))
        assert said(refused) == (429, "TOO_MANY_UNPAID_ORDERS")


async def test_members_count_by_themselves_and_guests_by_their_phone(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant = await make_variant()
    body = order_body((variant.id, 1), expected_total=12_500)
    other_phone = {**body, "orderer": {**ORDERER, "phone": "01099998888"}}
    one, other = await bearer(client), await bearer(client)
    with capped(shop_settings, person=1):
        assert (await post_order(client, body, headers=one)).status_code == 201
        assert (await post_order(client, body, headers=other)).status_code == 201
        assert said(await post_order(client, other_phone, headers=one)) == (429, "TOO_MANY_UNPAID_ORDERS")
        assert (await post_order(client, other_phone)).status_code == 201
        assert said(await post_order(client, other_phone)) == (429, "TOO_MANY_UNPAID_ORDERS")


async def test_address_at_its_cap_is_refused_whoever_asks(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    variant = await make_variant()
    with capped(shop_settings, address=3):
        for number in range(3):
            await place(client, (variant.id, 1), orderer={**ORDERER, "phone": f"0101111000{number}"})
        refused = await post_order(
            client, order_body((variant.id, 1), expected_total=12_500), headers=await bearer(client)
        )
        assert said(refused) == (429, "TOO_MANY_UNPAID_ORDERS")


async def test_cap_comes_after_the_way_to_pay_and_before_stock(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant = await make_variant()
    with capped(shop_settings, person=1):
        await place(client, (variant.id, 1))
        not_offered = order_body((variant.id, 99), expected_total=1, pay_method="VIRTUAL_ACCOUNT")
        assert said(await post_order(client, not_offered)) == (422, "PAY_METHOD_NOT_OFFERED")
        short = order_body((variant.id, 99), expected_total=1)
        assert said(await post_order(client, short)) == (429, "TOO_MANY_UNPAID_ORDERS")


async def test_nothing_is_capped_here_unless_it_is_said(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=30)
    for _ in range(22):
        await place(client, (variant.id, 1))
    assert await stock_of(variant) == 8


async def test_outside_local_five_by_phone_and_twenty_by_address(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    variant = await make_variant(stock=30)
    stage = replace(shop_settings, server=shop_settings.server.model_copy(update={"env": "stage", "sandbox": True}))
    with use(stage):
        for number in range(20):
            await place(client, (variant.id, 1), orderer={**ORDERER, "phone": f"0101111000{number // 5}"})
            if number == 4:
                again = order_body((variant.id, 1), expected_total=12_500, orderer={**ORDERER, "phone": "01011110000"})
                assert said(await post_order(client, again)) == (429, "TOO_MANY_UNPAID_ORDERS")
        fresh_phone = order_body((variant.id, 1), expected_total=12_500, orderer={**ORDERER, "phone": "01022223333"})
        assert said(await post_order(client, fresh_phone)) == (429, "TOO_MANY_UNPAID_ORDERS")
    assert await stock_of(variant) == 10
