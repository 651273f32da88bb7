"""``POST /cart/quote`` and the function behind it."""

import logging
from typing import Any

import httpx
import pytest

from src.app.pricing.errors import OrderTooLarge, VariantNotForSale
from src.app.pricing.services.lines import PricedLine, Wanted
from src.app.pricing.services.quotes import Quote, quote
from src.app.pricing.services.tax import Taxes
from src.app.product.models import DisplayStatus, Product, SaleStatus
from src.app.product.services.sellable import SellableVariant
from src.app.shipping.services.fees import DEFAULT_RULE, FeeKind, FeeRow
from tests.factories.carts import CART
from tests.factories.catalogue import make_product, make_variant, variants_of

QUOTE = f"{CART}/quote"


async def ask(client: httpx.AsyncClient, *lines: tuple[int, int], **more: Any) -> httpx.Response:
    items = [{"variant_id": variant_id, "quantity": quantity} for variant_id, quantity in lines]
    return await client.post(QUOTE, json={"items": items, **more})


async def test_one_line_is_quoted_to_the_won(client: httpx.AsyncClient) -> None:
    product = await make_product(code="Q0000001", name="스탠드백", price=45_000, origin_price=50_000, stock=3)
    [variant] = await variants_of(product)

    answer = await ask(client, (variant.id, 2), zipcode="06236")

    assert answer.status_code == 200
    assert answer.json() == {
        "lines": [
            {
                "variant_id": variant.id,
                "product_id": product.id,
                "product_code": "Q0000001",
                "name": "스탠드백",
                "color": "블랙",
                "size": "S",
                "sku": "Q0000001-0-S",
                "image_url": "/media/products/Q0000001/0-0.svg",
                "alt": "스탠드백 블랙",
                "origin_price": 50_000,
                "unit_price": 45_000,
                "extra_price": 0,
                "quantity": 2,
                "line_total": 90_000,
                "discount_share": 0,
                "tax_type": "TAXABLE",
            }
        ],
        "item_total": 90_000,
        "discount_total": 0,
        "discounts": [],
        "shipping_fee": 2_500,
        "shipping_rows": [{"kind": "BASE", "amount": 2_500, "product_id": None, "variant_id": None}],
        "free_from": 100_000,
        "return_fee": 3_000,
        "exchange_fee": 6_000,
        "points_used": 0,
        "total": 92_500,
        "supply_amount": 84_091,
        "vat_amount": 8_409,
        "tax_free_amount": 0,
    }


async def test_service_quote_keeps_what_an_order_line_needs(client: httpx.AsyncClient) -> None:
    product = await make_product(code="Q0000002", name="장갑", price=20_000, origin_price=25_000, stock=7)
    [variant] = await variants_of(product)

    assert await quote([Wanted(variant_id=variant.id, quantity=5)], zipcode="63100") == Quote(
        lines=(
            PricedLine(
                variant=SellableVariant(
                    variant_id=variant.id,
                    product_id=product.id,
                    product_code="Q0000002",
                    name="장갑",
                    color="블랙",
                    size="S",
                    sku="Q0000002-0-S",
                    image_path="products/Q0000002/0-0.svg",
                    alt="장갑 블랙",
                    origin_price=25_000,
                    unit_price=20_000,
                    stock=7,
                    for_sale=True,
                ),
                quantity=5,
                discount_share=0,
                vat_amount=9_091,
            ),
        ),
        effects=(),
        item_total=100_000,
        discount_total=0,
        shipping_fee=3_000,
        shipping=(FeeRow(kind=FeeKind.SURCHARGE, amount=3_000),),
        rule=DEFAULT_RULE,
        taxes=Taxes(tax_free=0, vat=9_364, supply=93_636, vats=(9_091, 273)),
        points_used=0,
        total=103_000,
    )


@pytest.mark.parametrize(
    ("price", "quantity", "zipcode", "fee"),
    [
        (33_333, 3, None, 2_500),
        (50_000, 2, None, 0),
        (33_333, 3, "63644", 5_500),
        (50_000, 2, "63000", 3_000),
        (0, 1, "06236", 2_500),
    ],
)
async def test_shipping_follows_goods_and_zipcode(
    client: httpx.AsyncClient, price: int, quantity: int, zipcode: str | None, fee: int
) -> None:
    variant = await make_variant(price=price)

    answer = (await ask(client, (variant.id, quantity), zipcode=zipcode)).json()

    assert (answer["item_total"], answer["shipping_fee"]) == (price * quantity, fee)
    assert answer["total"] == price * quantity + fee


async def test_lines_keep_the_order_asked(client: httpx.AsyncClient) -> None:
    first, second, third = [await make_variant(price=1_000 * number) for number in (1, 2, 3)]

    answer = (await ask(client, (third.id, 1), (first.id, 2), (second.id, 3))).json()

    assert [line["variant_id"] for line in answer["lines"]] == [third.id, first.id, second.id]
    assert [line["line_total"] for line in answer["lines"]] == [3_000, 2_000, 6_000]
    assert answer["item_total"] == 11_000


async def test_quote_asks_for_no_stock(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=0, price=1_000)

    answer = await ask(client, (variant.id, 999))

    assert (answer.status_code, answer.json()["item_total"]) == (200, 999_000)


async def test_every_variant_not_for_sale_is_named(client: httpx.AsyncClient) -> None:
    good, stopped, hidden = [await make_variant() for _ in range(3)]
    await Product.filter(id=stopped.product_id).update(sale_status=SaleStatus.STOPPED)
    await Product.filter(id=hidden.product_id).update(display_status=DisplayStatus.HIDDEN)

    answer = await ask(client, (good.id, 1), (stopped.id, 1), (hidden.id, 1), (999_999_999, 1), (2**63 - 1, 1))

    assert (answer.status_code, answer.json()["code"]) == (422, "VARIANT_NOT_FOR_SALE")
    assert answer.json()["variant_ids"] == [stopped.id, hidden.id, 999_999_999, 2**63 - 1]


async def test_unknown_variant_raises_in_the_service(client: httpx.AsyncClient) -> None:
    with pytest.raises(VariantNotForSale) as caught:
        await quote([Wanted(variant_id=5, quantity=1)], zipcode=None)

    assert caught.value.extras == {"variant_ids": [5]}


async def test_a_sum_above_a_billion_won_is_refused(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=500_000_000)

    assert (await ask(client, (variant.id, 2))).json()["total"] == 1_000_000_000
    over = await ask(client, (variant.id, 3))
    assert (over.status_code, over.json()["code"], over.json()["limit"]) == (422, "ORDER_TOO_LARGE", 1_000_000_000)
    surcharged = await ask(client, (variant.id, 2), zipcode="63000")
    assert surcharged.json()["code"] == "ORDER_TOO_LARGE"
    with pytest.raises(OrderTooLarge):
        await quote([Wanted(variant_id=variant.id, quantity=999)], zipcode=None)


async def test_price_change_shows_in_the_next_quote(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=10_000)
    assert (await ask(client, (variant.id, 1))).json()["item_total"] == 10_000

    await Product.filter(id=variant.product_id).update(price=12_000)

    assert (await ask(client, (variant.id, 1))).json()["item_total"] == 12_000


@pytest.mark.parametrize("number_of_lines", [1, 20])
async def test_quote_takes_two_statements_however_many_lines(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, number_of_lines: int
) -> None:
    variants = [await make_variant() for _ in range(number_of_lines)]

    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        answer = await ask(client, *[(variant.id, 1) for variant in variants], zipcode="06236")

    assert len(answer.json()["lines"]) == number_of_lines
    assert len([record for record in caplog.records if record.name == "tortoise.db_client"]) == 2


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"coupon_ids": [1]}, "coupon_ids", "COUPONS_NOT_OFFERED"),
        ({"points": 1}, "points", "POINTS_NOT_OFFERED"),
        ({"points": -1}, "points", "GREATER_THAN_EQUAL"),
        ({"points": True}, "points", "INT_TYPE"),
        ({"zipcode": "6236"}, "zipcode", "STRING_PATTERN_MISMATCH"),
        ({"zipcode": "062 36"}, "zipcode", "STRING_PATTERN_MISMATCH"),
        ({"zipcode": 6236}, "zipcode", "STRING_TYPE"),
        ({"total": 1}, "total", "EXTRA_FORBIDDEN"),
        ({"member_id": 1}, "member_id", "EXTRA_FORBIDDEN"),
    ],
)
async def test_bad_field_is_named(client: httpx.AsyncClient, more: dict[str, Any], field: str, code: str) -> None:
    variant = await make_variant()

    answer = await ask(client, (variant.id, 1), **more)

    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]


async def test_refused_coupons_are_explained_in_both_languages(client: httpx.AsyncClient) -> None:
    body = {"items": [{"variant_id": 1, "quantity": 1}], "coupon_ids": [7]}

    korean = await client.post(QUOTE, json=body)
    english = await client.post(QUOTE, json=body, headers={"Accept-Language": "en"})

    assert korean.json()["errors"][0]["message"] == "쿠폰은 아직 사용할 수 없습니다."
    assert english.json()["errors"][0]["message"] == "Coupons cannot be used yet."


async def test_empty_coupons_and_no_points_are_fine(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=10_000)

    answer = await ask(client, (variant.id, 1), coupon_ids=[], points=0, zipcode=None)

    assert (answer.status_code, answer.json()["total"]) == (200, 12_500)


async def test_quote_gives_no_token_and_ignores_the_authorization_header(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    body = {"items": [{"variant_id": variant.id, "quantity": 1}]}

    answer = await client.post(QUOTE, json=body, headers={"Authorization": "Bearer a.b.c"})

    assert answer.status_code == 200
    assert "x-cart-token" not in answer.headers
    assert "set-cookie" not in answer.headers
