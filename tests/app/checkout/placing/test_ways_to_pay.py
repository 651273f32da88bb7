"""Each way to pay: what the order answers opens the window of the sandbox, which is as strict as the companies are."""

import json
from typing import Any

import httpx
import pytest

from src.app.checkout.services.paying.window import account_hours
from src.app.order.models import Order
from src.app.payment.models import Payment, PaymentChannel
from src.app.payment.services.channels import memory
from src.app.product.models import Variant
from src.core.configs import settings
from tests.app.checkout.placing.test_tax import goods, mixed_tax
from tests.app.checkout.support import said
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    Placed,
    complete,
    control,
    new_key,
    offering_accounts,
    order_body,
    pay_again,
    place,
    post_order,
    quoted_total,
    read_order,
)

EASY: dict[str, Any] = {"pay_method": "EASY_PAY"}


def for_the_sdk(payment: dict[str, Any]) -> dict[str, Any]:
    """The parameters of ``requestPayment``, as docs/payments.md maps them."""
    asked = {
        "storeId": payment["store_id"],
        "channelKey": payment["channel_key"],
        "paymentId": payment["payment_id"],
        "orderName": payment["order_name"],
        "totalAmount": payment["total_amount"],
        "currency": payment["currency"],
        "payMethod": payment["pay_method"],
        "productType": payment["product_type"],
        "redirectUrl": payment["redirect_url"],
        "products": payment["products"],
        "windowType": payment["window_type"],
        "bypass": payment["bypass"],
        "easyPay": {"easyPayProvider": payment["easy_pay_provider"]} if payment["easy_pay_provider"] else None,
        "virtualAccount": {"accountExpiry": payment["account_expiry"]} if payment["account_expiry"] else None,
        "taxFreeAmount": payment["tax_free_amount"] or None,
    }
    return {name: value for name, value in asked.items() if value is not None}


async def prepared(client: httpx.AsyncClient, asked: dict[str, Any]) -> httpx.Response:
    return await client.post("/sandbox/portone/sdk/requests", content=json.dumps(asked))


async def opened(client: httpx.AsyncClient, placed: Placed) -> dict[str, Any]:
    """What was told for the window, after the window took it."""
    payment: dict[str, Any] = placed.body["payment"]
    answer = await prepared(client, for_the_sdk(payment))
    assert answer.status_code == 200, answer.text
    return payment


@pytest.mark.parametrize("pay_method", ["CARD", "TRANSFER", "MOBILE", "VIRTUAL_ACCOUNT"])
async def test_each_method_opens_its_window(client: httpx.AsyncClient, pay_method: str) -> None:
    with offering_accounts():
        payment = await opened(client, await place(client, ((await make_variant()).id, 1), pay_method=pay_method))
    assert (payment["pay_method"], payment["channel_key"]) == (pay_method, "channel-key-sandbox")
    assert (payment["easy_pay_provider"], payment["window_type"], payment["bypass"]) == (None, None, None)
    hours = account_hours()
    assert payment["account_expiry"] == ({"validHours": hours} if pay_method == "VIRTUAL_ACCOUNT" else None)
    assert (hours, (await Payment.get()).channel) == (72, pay_method)


@pytest.mark.parametrize(
    ("wallet", "window"),
    [
        ("KAKAOPAY", {"pc": "IFRAME", "mobile": "REDIRECTION"}),
        ("NAVERPAY", {"pc": "POPUP", "mobile": "REDIRECTION"}),
        ("TOSSPAY", None),
    ],
)
async def test_each_wallet_opens_its_own_channel_and_pays(
    client: httpx.AsyncClient, wallet: str, window: dict[str, str] | None
) -> None:
    placed = await place(client, ((await make_variant()).id, 1), **EASY, easy_pay_provider=wallet)
    payment = await opened(client, placed)
    assert payment["channel_key"] == f"channel-key-sandbox-{wallet.lower()}"
    assert (payment["easy_pay_provider"], payment["window_type"]) == (wallet, window)
    window_query = {**{k: v for k, v in for_the_sdk(payment).items() if isinstance(v, str | int)}}
    assert (await client.get("/sandbox/portone/window", params=window_query)).status_code == 200
    paid = await control(client, placed.payment_id, "pay")
    assert (paid["method"]["provider"], paid["channel"]["key"]) == (wallet, payment["channel_key"])
    assert (await complete(client, placed.payment_id)).json()["paid_with"] == "EASY_PAY"


async def test_naver_pay_gets_its_products_the_first_name_and_the_shipping_fee(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(name="투어 스탠드백", sizes=2))
    placed = await place(client, (first.id, 2), (second.id, 1), **EASY, easy_pay_provider="NAVERPAY")
    payment = await opened(client, placed)
    item = {"categoryType": "PRODUCT", "categoryId": "GENERAL", "uid": str(first.product_id), "name": "투어 스탠드백"}
    assert payment["order_name"] == "투어 스탠드백"
    assert payment["bypass"] == {
        "naverpay": {
            "productItems": [{**item, "count": 2}, {**item, "count": 1}],
            "deliveryFee": (await Order.get()).shipping_fee,
        }
    }
    broken = for_the_sdk({**payment, "bypass": None})
    assert (await prepared(client, broken)).json()["code"] == "BadRequest"  # the sandbox would notice
    again = await pay_again(client, placed, "CARD")
    assert again.json()["order_name"] == "투어 스탠드백 외 1건"


async def test_naver_pay_below_100_won_is_refused_and_not_offered(client: httpx.AsyncClient) -> None:
    await free_from_nothing(client)
    cheap = await goods(99, tax_free=False, code="TEE")
    body = order_body((cheap.id, 1), expected_total=99, **EASY, easy_pay_provider="NAVERPAY")
    answer = await post_order(client, body, headers={"Accept-Language": "ko"})
    assert (said(answer), answer.json()["minimum"]) == ((422, "PAY_AMOUNT_TOO_SMALL"), 100)
    assert "100원부터" in answer.json()["detail"]
    assert await Order.all().count() == 0
    told = await options(client, items=[f"{cheap.id}:1"])
    assert [(one["easy_pay_provider"], one["code"]) for one in told["refused"]] == [
        ("NAVERPAY", "PAY_AMOUNT_TOO_SMALL")
    ]
    assert "NAVERPAY" not in [one["easy_pay_provider"] for one in told["methods"]]
    enough = await options(client, items=[f"{cheap.id}:2"])
    assert (enough["quote"]["total"], enough["refused"]) == (198, [])


async def test_a_wallet_needs_easy_pay_and_one_that_nobody_offers_is_refused(client: httpx.AsyncClient) -> None:
    line = ((await make_variant()).id, 1)
    total = await quoted_total(client, line)
    card = order_body(line, expected_total=total, easy_pay_provider="KAKAOPAY")
    assert said(await post_order(client, card)) == (422, "VALIDATION_ERROR")
    payco = order_body(line, expected_total=total, **EASY, easy_pay_provider="PAYCO")
    assert said(await post_order(client, payco)) == (422, "PAY_METHOD_NOT_OFFERED")
    placed = await place(client, line)
    again = await client.post(
        f"/api/v1/orders/{placed.order_no}/payments",
        json={**EASY, "easy_pay_provider": "TOSSPAY"},
        headers={"Idempotency-Key": new_key(), **placed.headers},
    )
    assert (again.status_code, again.json()["channel_key"]) == (201, "channel-key-sandbox-tosspay")


async def test_a_replay_tells_the_same_window(client: httpx.AsyncClient) -> None:
    line, key = ((await make_variant()).id, 1), new_key()
    body = order_body(line, expected_total=await quoted_total(client, line), **EASY, easy_pay_provider="NAVERPAY")
    first, second = await post_order(client, body, key=key), await post_order(client, body, key=key)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.json()["payment"] == first.json()["payment"]
    other = {**body, "easy_pay_provider": "KAKAOPAY"}
    assert said(await post_order(client, other, key=key)) == (409, "IDEMPOTENCY_KEY_REUSED")


# --- options


async def options(client: httpx.AsyncClient, headers: dict[str, str] | None = None, **query: Any) -> dict[str, Any]:
    answer = await client.get("/api/v1/checkout/options", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ways(told: dict[str, Any]) -> list[str]:
    return [one["easy_pay_provider"] or one["pay_method"] for one in told["methods"]]


async def free_from_nothing(client: httpx.AsyncClient) -> None:
    """Shipping costs nothing."""
    from tests.factories.people import staff_bearer

    headers = await staff_bearer(client)
    rules = (await client.get("/api/v1/admin/settings/shipping", headers=headers)).json()
    names = ("return_fee", "exchange_fee", "methods")
    body = {**{name: rules[name] for name in names}, "base_fee": 0, "free_from": None, "product_fees": []}
    answer = await client.put("/api/v1/admin/settings/shipping", json=body, headers=headers)
    assert answer.status_code == 200, answer.text


async def test_options_tell_ways_price_fees_and_days(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    with offering_accounts():
        told = await options(client, items=[f"{variant.id}:2"], zipcode="06236")
    assert ways(told) == ["CARD", "KAKAOPAY", "NAVERPAY", "TOSSPAY", "TRANSFER", "MOBILE", "VIRTUAL_ACCOUNT"]
    assert [one["pay_method"] for one in told["methods"] if one["escrow"]] == ["TRANSFER", "VIRTUAL_ACCOUNT"]
    assert told["quote"]["total"] == await quoted_total(client, (variant.id, 2))
    assert told["quote"]["lines"][0]["tax_type"] == "TAXABLE"
    assert (told["shipping"]["return_fee"], told["withdrawal_days"]) == (3_000, 7)
    assert (told["hold_minutes"], told["account_hours"]) == (30, 72)
    assert told["ship_by"] > "2026"


async def test_tax_free_goods_offer_only_channels_with_a_contract(client: httpx.AsyncClient) -> None:
    book = await goods(10_000, tax_free=True, code="BOOK")
    await PaymentChannel.bulk_create(
        [
            PaymentChannel(
                code=code,
                method=code,
                channel_key=settings().portone.channel_key,
                mode="TEST",
                is_active=True,
                mixed_tax=code == "TRANSFER",
                escrow=False,
                manual_approval=False,
                min_amount=0,
                name=code,
                name_en=code,
                position=place,
            )
            for place, code in enumerate(("CARD", "TRANSFER"))
        ]
    )
    await memory.refresh()
    told = await options(client, items=[f"{book.id}:1"])
    assert (ways(told), [one["code"] for one in told["refused"]]) == (["TRANSFER"], ["TAX_FREE_NOT_OFFERED"])
    assert told["quote"]["tax_free_amount"] == 10_000
    body = order_body((book.id, 1), expected_total=12_500)
    assert said(await post_order(client, body)) == (422, "TAX_FREE_NOT_OFFERED")


async def test_options_follow_the_cart_in_hand(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    cart = {"X-Cart-Token": new_key()}
    for variant in (first, second):
        added = await client.post("/api/v1/cart/items", json={"variant_id": variant.id, "quantity": 1}, headers=cart)
        assert added.status_code in (200, 201), added.text
    assert len((await options(client, cart))["quote"]["lines"]) == 2
    only = await options(client, cart, cart_variant_ids=[second.id])
    assert [line["variant_id"] for line in only["quote"]["lines"]] == [second.id]
    client.cookies.clear()
    nothing = await options(client)
    assert (nothing["quote"], ways(nothing)[0], nothing["refused"]) == (None, "CARD", [])


@pytest.mark.parametrize(
    "query",
    [
        {"items": ["x"]},
        {"items": ["1:0"]},
        {"items": ["1:1", "1:2"]},
        {"items": ["1:1000"]},
        {"zipcode": "0"},
        {"a": 1},
    ],
)
async def test_options_refuse_what_is_no_question(client: httpx.AsyncClient, query: dict[str, Any]) -> None:
    assert said(await client.get("/api/v1/checkout/options", params=query)) == (422, "VALIDATION_ERROR")


async def test_options_name_what_is_not_for_sale(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/checkout/options", params={"items": ["999:1"]})
    assert said(answer) == (422, "VARIANT_NOT_FOR_SALE")


# --- orders of 0 won


async def test_an_order_of_nothing_is_paid_at_once_and_once(client: httpx.AsyncClient) -> None:
    await free_from_nothing(client)
    gift: Variant = await goods(1, tax_free=False, code="GIFT")
    from src.app.product.models import Product

    await Product.filter(id=gift.product_id).update(price=0, reduced_price=0, origin_price=0)
    assert (await options(client, items=[f"{gift.id}:1"]))["methods"] == []
    key = new_key()
    body = order_body((gift.id, 1), expected_total=0)
    first, second = await post_order(client, body, key=key), await post_order(client, body, key=key)
    assert (first.status_code, first.json()["status"], first.json()["payment"]) == (201, "PAID", None)
    assert (second.json()["order_no"], second.json()["status"]) == (first.json()["order_no"], "PAID")
    assert (await Order.all().count(), await Payment.all().count()) == (1, 0)


async def test_a_mixed_order_by_a_wallet_tells_the_tax_free_part(client: httpx.AsyncClient) -> None:
    with mixed_tax():
        book = await goods(10_000, tax_free=True, code="BOOK")
        placed = await place(client, (book.id, 1), **EASY, easy_pay_provider="NAVERPAY")
        assert (await opened(client, placed))["tax_free_amount"] == 10_000
        assert (await read_order(client, placed))["tax_free_amount"] == 10_000
