"""Tax-free goods from the order to the provider and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderLine
from src.app.payment.models import Payment, PayMethod
from src.app.product.models import Product, TaxType, Variant
from src.core.configs import settings, use
from src.worker.jobs.run import run_job
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import (
    Placed,
    at_provider,
    complete,
    control,
    expire,
    later,
    order_body,
    pay_again,
    place,
    post_order,
    quoted_total,
    read_order,
)


@contextmanager
def mixed_tax(*channels: str) -> Iterator[None]:
    """Inside the body these channels have a contract for tax-free goods."""
    chosen = channels or (settings().portone.channel_key,)
    with use(replace(settings(), portone=settings().portone.model_copy(update={"mixed_tax_channels": chosen}))):
        yield


async def goods(price: int, *, tax_free: bool, code: str) -> Variant:
    product = await make_product(code=code, price=price)
    if tax_free:
        await Product.filter(id=product.id).update(tax_type=TaxType.TAX_FREE)
    [variant] = await variants_of(product)
    return variant


async def mixed(client: httpx.AsyncClient) -> Placed:
    """The order of the money rules: tax-free 10,000, taxable 11,000, shipping 2,500."""
    free, taxable = await goods(10_000, tax_free=True, code="BOOK"), await goods(11_000, tax_free=False, code="BAG")
    return await place(client, (free.id, 1), (taxable.id, 1))


async def amounts(client: httpx.AsyncClient, payment_id: str) -> dict[str, Any]:
    answer = await client.get(f"/sandbox/control/payments/{payment_id}")
    found: dict[str, Any] = answer.json()["amount"]
    return found


async def test_a_mixed_order_tells_its_taxes_and_the_provider_charges_them(client: httpx.AsyncClient) -> None:
    with mixed_tax():
        placed = await mixed(client)
        payment = await Payment.get()
        assert (payment.total_amount, payment.tax_free_amount) == (23_500, 10_000)
        told = await read_order(client, placed)
        assert (told["supply_amount"], told["vat_amount"], told["tax_free_amount"]) == (12_273, 1_227, 10_000)
        assert [(line["tax_type"], line["vat_amount"], line["tax_free_amount"]) for line in told["lines"]] == [
            ("TAX_FREE", 0, 10_000),
            ("TAXABLE", 1_000, 0),
        ]
        await control(client, placed.payment_id, "pay")
        assert (await complete(client, placed.payment_id)).status_code == 200
        found = await amounts(client, placed.payment_id)
        assert (found["taxFree"], found["vat"], found["supply"]) == (10_000, 1_227, 12_273)


async def test_the_snapshot_keeps_the_tax_type_of_the_day(client: httpx.AsyncClient) -> None:
    with mixed_tax():
        await mixed(client)
    await Product.all().update(tax_type=TaxType.TAXABLE)
    lines = await OrderLine.all().order_by("line_no")
    assert [(line.tax_type, line.vat_amount) for line in lines] == [(TaxType.TAX_FREE, 0), (TaxType.TAXABLE, 1_000)]


async def test_a_window_that_says_another_tax_free_amount_is_refused(client: httpx.AsyncClient) -> None:
    with mixed_tax():
        placed = await mixed(client)
        query: dict[str, Any] = {
            "storeId": settings().portone.store_id,
            "channelKey": settings().portone.channel_key,
            "paymentId": placed.payment_id,
            "orderName": "x",
            "totalAmount": 23_500,
            "currency": "KRW",
            "payMethod": "CARD",
        }
        wrong = await client.get("/sandbox/portone/window", params={**query, "taxFreeAmount": 23_500})
        assert "AmountNotEqualToPredefined" in wrong.text
        right = await client.get("/sandbox/portone/window", params={**query, "taxFreeAmount": 10_000})
        assert (right.status_code, "AmountNotEqualToPredefined" in right.text) == (200, False)


async def test_channels_without_a_contract_refuse_tax_free_goods(client: httpx.AsyncClient) -> None:
    free = await goods(10_000, tax_free=True, code="BOOK")
    body = order_body((free.id, 1), expected_total=await quoted_total(client, (free.id, 1)))
    answer = await post_order(client, body, headers={"Accept-Language": "ko"})
    assert (answer.status_code, answer.json()["code"], answer.json()["offered"]) == (422, "TAX_FREE_NOT_OFFERED", [])
    assert "면세 상품" in answer.json()["detail"]
    assert await Order.all().count() == 0


async def test_only_the_ways_to_pay_with_a_contract_are_open_for_tax_free_goods(client: httpx.AsyncClient) -> None:
    portone = settings().portone.model_copy(update={"easy_pay_channel_key": "channel-key-easy"})
    with use(replace(settings(), portone=portone)), mixed_tax("channel-key-easy"):
        free = await goods(10_000, tax_free=True, code="BOOK")
        body = order_body((free.id, 1), expected_total=12_500)
        refused = await post_order(client, body)
        assert refused.json()["offered"] == [PayMethod.EASY_PAY]
        placed = await place(client, (free.id, 1), pay_method="EASY_PAY")
        again = await pay_again(client, placed, "CARD")
        assert (again.status_code, again.json()["code"]) == (422, "TAX_FREE_NOT_OFFERED")
        assert (await pay_again(client, placed, "EASY_PAY")).status_code == 201


async def test_a_taxable_order_says_nothing_of_tax_free_money(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await goods(10_000, tax_free=False, code="BAG")).id, 1))
    assert (await Payment.get()).tax_free_amount == 0
    await control(client, placed.payment_id, "pay")
    found = await amounts(client, placed.payment_id)
    assert (found["taxFree"], found["vat"]) == (0, 1_136)


async def test_a_late_payment_of_a_mixed_order_goes_back_with_its_tax_free_part(client: httpx.AsyncClient) -> None:
    with mixed_tax():
        placed = await mixed(client)
        await expire(minutes=31)
        await control(client, placed.payment_id, "pay")
        assert (await complete(client, placed.payment_id)).status_code == 409
        with later(minutes=32):
            await run_job("send-refunds")
        assert await at_provider(client, placed.payment_id) == ("CANCELLED", 23_500, ["SUCCEEDED"])
        assert (await amounts(client, placed.payment_id))["cancelledTaxFree"] == 10_000


@pytest.mark.parametrize(("is_taxable", "vat"), [(True, 227), (False, 0)])
async def test_shipping_is_taxed_as_the_shop_says(client: httpx.AsyncClient, is_taxable: bool, vat: int) -> None:
    orders = settings().orders.model_copy(update={"shipping_is_taxable": is_taxable})
    with use(replace(settings(), orders=orders)), mixed_tax():
        await place(client, ((await goods(10_000, tax_free=True, code="BOOK")).id, 1))
    order = await Order.get()
    assert (order.vat_amount, order.tax_free_amount) == (vat, 10_000 if is_taxable else 12_500)
