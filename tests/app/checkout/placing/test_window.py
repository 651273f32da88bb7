"""What a front end needs to open the payment window, and to say why it failed."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from src.core.configs import Settings
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import (
    API,
    complete,
    control,
    order_body,
    pay_again,
    place,
    post_order,
    quoted_total,
    read_order,
)
from tests.factories.people import bearer, make_member

REASON = "카드사에서 승인을 거절했습니다."


@pytest.mark.fault("A7")
async def test_the_payment_holds_all_that_the_window_asks_for(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    first, second = await variants_of(await make_product(name="투어 스탠드백", price=45_000, sizes=2))
    lines = ((first.id, 2), (second.id, 1))
    body = order_body(*lines, expected_total=await quoted_total(client, *lines))
    order = (await post_order(client, body)).json()

    payment = order["payment"]

    assert (payment["currency"], payment["product_type"], payment["pay_method"]) == ("KRW", "REAL", "CARD")
    assert [(each["id"], each["amount"], each["quantity"]) for each in payment["products"]] == [
        (str(line["variant_id"]), line["unit_price"], line["quantity"]) for line in order["lines"]
    ]
    assert [each["name"] for each in payment["products"]] == [
        f"투어 스탠드백 {line['color']} {line['size']}" for line in order["lines"]
    ]
    back = urlsplit(payment["redirect_url"])
    assert f"{back.scheme}://{back.netloc}" == shop_settings.identity.front_url
    assert parse_qs(back.query) == {"order_no": [order["order_no"]]}
    assert payment["customer_id"] == order["order_no"]


@pytest.mark.fault("A7")
async def test_a_member_is_the_same_customer_at_every_payment(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product(sizes=1))
    minji, other = await make_member(), await make_member()
    seen = []
    for member in (minji, minji, other):
        headers = await bearer(client, member)
        body = order_body((variant.id, 1), expected_total=await quoted_total(client, (variant.id, 1)))
        seen.append((await post_order(client, body, headers=headers)).json()["payment"]["customer_id"])
    assert seen[0] == seen[1] != seen[2]


@pytest.mark.fault("A7")
async def test_another_try_says_the_same_of_the_order(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product(sizes=1))
    body = order_body((variant.id, 1), expected_total=await quoted_total(client, (variant.id, 1)))
    answer = await post_order(client, body)
    placed = await place(client, (variant.id, 1))
    again = (await pay_again(client, placed, "EASY_PAY")).json()
    first = answer.json()["payment"]
    assert {name: again[name] for name in ("currency", "product_type", "products")} == {
        name: first[name] for name in ("currency", "product_type", "products")
    }
    assert again["customer_id"] == placed.order_no
    assert again["pay_method"] == "EASY_PAY"


@pytest.mark.fault("A7")
async def test_why_a_payment_failed_is_in_the_answers(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product(sizes=1))
    placed = await place(client, (variant.id, 1))
    assert (await client.get(f"{API}/payments/{placed.payment_id}")).json()["failure_reason"] is None

    await control(client, placed.payment_id, "fail")
    await complete(client, placed.payment_id)

    assert (await client.get(f"{API}/payments/{placed.payment_id}")).json()["failure_reason"] == REASON
    assert [each["failure_reason"] for each in (await read_order(client, placed))["payments"]] == [REASON]

    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).json()["failure_reason"] is None
    assert [each["failure_reason"] for each in (await read_order(client, placed))["payments"]] == [None]
