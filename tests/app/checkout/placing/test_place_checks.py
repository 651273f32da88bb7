"""In which order an order is checked: bodies that are wrong in two ways name the earlier one."""

from collections.abc import AsyncIterator

import httpx
import pytest

from src.app.product.models import Product, SaleStatus, Variant
from tests.app.checkout.support import assert_no_trace, said
from tests.factories.carts import new_guest
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import API, SHIPPING, order_body, post_order
from tests.factories.people import bearer


@pytest.fixture(autouse=True)
async def _nothing_happened(client: httpx.AsyncClient) -> AsyncIterator[None]:
    yield
    await assert_no_trace()


async def off_sale() -> Variant:
    product = await make_product(stock=0)
    await Product.filter(id=product.id).update(sale_status=SaleStatus.STOPPED)
    return (await variants_of(product))[0]


async def test_missing_key_comes_before_bad_fields(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{API}/orders", json={})
    assert said(answer) == (400, "IDEMPOTENCY_KEY_REQUIRED")


async def test_bad_fields_come_before_what_is_for_sale(client: httpx.AsyncClient) -> None:
    body = order_body(((await off_sale()).id, 1), expected_total=1, shipping={**SHIPPING, "zipcode": "1"})
    assert said(await post_order(client, body)) == (422, "VALIDATION_ERROR")


async def test_what_is_not_for_sale_comes_before_the_way_to_pay(client: httpx.AsyncClient) -> None:
    variant, good = await off_sale(), await make_variant()
    body = order_body((good.id, 1), (variant.id, 1), (10**9, 1), expected_total=1, pay_method="VIRTUAL_ACCOUNT")
    answer = await post_order(client, body)
    assert said(answer) == (422, "VARIANT_NOT_FOR_SALE")
    assert answer.json()["variant_ids"] == [variant.id, 10**9]


async def test_empty_cart_comes_before_the_way_to_pay(client: httpx.AsyncClient) -> None:
    body = order_body(expected_total=1, items=None, from_cart=True, pay_method="VIRTUAL_ACCOUNT")
    assert said(await post_order(client, body)) == (422, "CART_EMPTY")
    assert said(await post_order(client, body, headers=new_guest())) == (422, "CART_EMPTY")
    assert said(await post_order(client, body, headers=await bearer(client))) == (422, "CART_EMPTY")


async def test_cart_that_lacks_what_is_ordered_counts_as_empty(client: httpx.AsyncClient) -> None:
    body = order_body(expected_total=1, items=None, cart_variant_ids=[1, 2])
    assert said(await post_order(client, body, headers=new_guest())) == (422, "CART_EMPTY")


@pytest.mark.parametrize("pay_method", ["VIRTUAL_ACCOUNT", "MANUAL_TRANSFER"])
async def test_way_to_pay_comes_before_stock_and_price(client: httpx.AsyncClient, pay_method: str) -> None:
    variant = await make_variant(stock=1)
    answer = await post_order(client, order_body((variant.id, 2), expected_total=1, pay_method=pay_method))
    assert said(answer) == (422, "PAY_METHOD_NOT_OFFERED")
    assert answer.json()["offered"] == ["CARD", "EASY_PAY", "TRANSFER", "MOBILE"]


async def test_stock_comes_before_price_and_names_the_first_variant_that_is_short(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2, stock=2))
    answer = await post_order(client, order_body((second.id, 3), (first.id, 4), expected_total=1))
    assert said(answer) == (409, "STOCK_SHORT")
    assert (answer.json()["variant_id"], answer.json()["left"]) == (first.id, 2)


async def test_price_comes_last(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=1)
    assert said(await post_order(client, order_body((variant.id, 1), expected_total=1))) == (409, "PRICE_CHANGED")
