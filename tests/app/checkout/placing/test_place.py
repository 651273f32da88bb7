"""Placing an order: the answer, the rows, the hold (docs/promises.md#p1, docs/promises.md#p8)."""

from datetime import timedelta

import httpx
import pytest

from src.app.order.models import Order, OrderLine
from src.app.payment.models import Payment, PaymentStatus, PaymentVerdict
from src.app.product.models import Product, StockKind, StockLedger
from src.app.shipping.models import ShippingRule
from src.common import clock
from src.common.models import IdempotencyKey, OutboxEvent
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    API,
    complete,
    control,
    events_of,
    faulty,
    hops_of,
    ledger_of,
    order_body,
    order_of,
    place,
    post_order,
    quoted_total,
    read_order,
    stock_of,
)
from tests.factories.people import bearer, make_member


async def test_placed_order_answers_exactly_what_the_contract_names(client: httpx.AsyncClient) -> None:
    product = await make_product(name="투어 스탠드백", price=45_000, origin_price=50_000)
    (variant,) = await variants_of(product)
    before = clock.now()

    answer = await post_order(client, order_body((variant.id, 2), expected_total=92_500))

    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer.headers
    body = answer.json()
    row = await Order.get()
    payment = await Payment.get()
    assert len(body.pop("guest_token")) > 43
    assert body == {
        "order_no": row.order_no,
        "status": "PENDING",
        "lines": [
            {
                "line_no": f"{row.order_no}-01",
                "variant_id": variant.id,
                "product_id": product.id,
                "name": "투어 스탠드백",
                "color": "블랙",
                "size": "S",
                "product_code": product.product_code,
                "image_url": f"/media/products/{product.product_code}/0-0.svg",
                "alt": "투어 스탠드백 블랙",
                "quantity": 2,
                "unit_price": 45_000,
                "line_total": 90_000,
                "tax_type": "TAXABLE",
                "supply_amount": 81_818,
                "vat_amount": 8_182,
                "tax_free_amount": 0,
            }
        ],
        "item_total": 90_000,
        "discount_total": 0,
        "shipping_fee": 2_500,
        "points_used": 0,
        "total": 92_500,
        "supply_amount": 84_091,
        "vat_amount": 8_409,
        "tax_free_amount": 0,
        "expires_at": clock.korean(row.expires_at),
        "deposit": None,
        "payment": {
            "payment_id": payment.payment_id,
            "store_id": "store-sandbox",
            "channel_key": "channel-key-sandbox",
            "order_name": "투어 스탠드백",
            "total_amount": 92_500,
            "tax_free_amount": 0,
            "currency": "KRW",
            "pay_method": "CARD",
            "product_type": "REAL",
            "redirect_url": f"http://localhost:5173/checkout/return?order_no={row.order_no}",
            "customer_id": row.order_no,
            "products": [
                {
                    "id": str(variant.id),
                    "code": product.product_code,
                    "name": "투어 스탠드백 블랙 S",
                    "amount": 45_000,
                    "quantity": 2,
                },
            ],
            "customer": {"full_name": "김민지", "phone_number": "01012345678", "email": "minji@example.com"},
            "easy_pay_provider": None,
            "window_type": None,
            "account_expiry": None,
            "bypass": None,
            "needs_confirm": False,
            "is_escrow": False,
        },
    }
    assert row.expires_at == row.created_at + timedelta(seconds=1800)
    assert before <= row.created_at <= clock.now()


async def test_placed_order_is_written_with_its_hold_and_nothing_else(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2, stock=7))
    placed = await place(client, (second.id, 3), (first.id, 1))

    lines = await OrderLine.all().order_by("id")
    assert [(line.line_no, line.variant_id, line.quantity, line.line_total) for line in lines] == [
        (f"{placed.order_no}-01", second.id, 3, 30_000),
        (f"{placed.order_no}-02", first.id, 1, 10_000),
    ]
    assert (await stock_of(first), await stock_of(second)) == (6, 4)
    holds = await StockLedger.filter(kind=StockKind.HOLD).order_by("variant_id")
    assert [(row.variant_id, row.source, row.delta, row.line_id) for row in holds] == [
        (first.id, f"line:{placed.order_no}-02", -1, lines[1].id),
        (second.id, f"line:{placed.order_no}-01", -3, lines[0].id),
    ]
    payment = await Payment.get()
    assert (payment.status, payment.verdict, payment.total_amount) == (
        PaymentStatus.READY,
        PaymentVerdict.NONE,
        placed.total,
    )
    assert (payment.settles_order_id, payment.next_reread_at) == (None, None)
    order = await order_of(placed)
    assert (order.member_id, order.cart_owner, order.client_address) == (None, "", "127.0.0.1")
    assert await OutboxEvent.all().count() == 0
    assert await hops_of(client, placed) == [(None, "PENDING", "guest")]


async def test_members_order_is_the_members_and_has_no_guest_token(client: httpx.AsyncClient) -> None:
    member = await make_member()
    placed = await place(client, ((await make_variant()).id, 1), headers=await bearer(client, member))

    order = await order_of(placed)
    assert (order.member_id, placed.body["guest_token"]) == (member.id, None)
    assert await hops_of(client, placed) == [(None, "PENDING", "member")]


async def test_what_people_enter_is_kept_as_they_entered_it(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    shipping = {
        "recipient": "  O’Néill-박 (2층)  ",
        "phone": "02 555 1234",
        "zipcode": "63000",
        "address": "제주 <b>'\"; DROP TABLE orders;--",
        "address_detail": "101호",
        "memo": "문 앞에\n놓아 주세요 🎁",
    }
    orderer = {"name": "김민지", "phone": "010-1234-5678", "email": "Minji@Example.COM"}

    answer = await post_order(
        client, order_body((variant.id, 1), expected_total=15_500, shipping=shipping, orderer=orderer)
    )

    assert answer.status_code == 201, answer.text
    order = await Order.get()
    assert (order.recipient, order.recipient_phone, order.zipcode) == ("O’Néill-박 (2층)", "025551234", "63000")
    assert (order.address, order.address_detail, order.memo) == (
        shipping["address"],
        "101호",
        "문 앞에\n놓아 주세요 🎁",
    )
    assert order.orderer_email == "minji@example.com"
    assert (order.shipping_fee, order.total) == (5_500, 15_500)


async def test_order_costs_what_the_quote_says(client: httpx.AsyncClient) -> None:
    cheap, dear = await make_variant(price=99_990), await make_variant(price=12_340)
    for lines in ([(cheap.id, 1)], [(dear.id, 3)], [(cheap.id, 1), (dear.id, 2)]):
        total = await quoted_total(client, *lines)
        assert (await place(client, *lines)).total == total


async def test_stale_total_is_refused_with_the_fresh_quote_and_nothing_is_held(client: httpx.AsyncClient) -> None:
    product = await make_product(price=45_000)
    (variant,) = await variants_of(product)
    body = order_body((variant.id, 2), expected_total=await quoted_total(client, (variant.id, 2)))
    await Product.filter(id=product.id).update(price=46_000, origin_price=46_000)

    answer = await post_order(client, body)

    assert (answer.status_code, answer.json()["code"]) == (409, "PRICE_CHANGED")
    fresh = await client.post(f"{API}/cart/quote", json={"items": body["items"], "zipcode": "06236"})
    assert answer.json()["quote"] == fresh.json()
    assert answer.json()["quote"]["total"] == 94_500
    assert (await stock_of(variant), await Order.all().count(), await Payment.all().count()) == (10, 0, 0)
    assert await IdempotencyKey.all().count() == 0


@pytest.mark.parametrize("shift", [-1, 1, -92_500, 900_000_000])
async def test_total_that_is_a_won_off_either_way_is_refused(client: httpx.AsyncClient, shift: int) -> None:
    variant = await make_variant(price=45_000)
    answer = await post_order(client, order_body((variant.id, 2), expected_total=92_500 + shift))
    assert (answer.status_code, answer.json()["code"]) == (409, "PRICE_CHANGED")
    assert await stock_of(variant) == 10


async def test_names_of_many_lines_fit_into_forty_bytes(client: httpx.AsyncClient) -> None:
    long = await make_product(name="가" * 60 + "😀", sizes=3)
    variants = await variants_of(long)

    one = await place(client, (variants[0].id, 1))
    three = await place(client, *[(variant.id, 1) for variant in variants])

    assert one.body["payment"]["order_name"] == "가" * 20
    assert three.body["payment"]["order_name"] == "가" * 16 + " 외 2건"
    assert len(three.body["payment"]["order_name"].encode("euc-kr")) <= 40


async def test_product_name_that_no_card_statement_can_show_becomes_a_plain_word(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product(name="😀😀"))
    assert (await place(client, (variant.id, 1))).body["payment"]["order_name"] == "주문"


async def test_order_of_everything_that_is_left_takes_it(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=3)
    await place(client, (variant.id, 3))
    assert await stock_of(variant) == 0

    refused = await post_order(client, order_body((variant.id, 1), expected_total=12_500))

    assert (refused.status_code, refused.json()["code"]) == (409, "STOCK_SHORT")
    assert (refused.json()["variant_id"], refused.json()["left"]) == (variant.id, 0)


async def test_order_that_is_too_dear_is_refused(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product(price=100_000_000, stock=50))
    exact = await post_order(client, order_body((variant.id, 10), expected_total=1_000_000_000))
    over = await post_order(client, order_body((variant.id, 11), expected_total=1_000_000_000))
    assert exact.status_code == 201
    assert (over.status_code, over.json()["code"]) == (422, "ORDER_TOO_LARGE")
    assert await stock_of(variant) == 40


async def test_amount_is_registered_with_the_provider_before_the_answer(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))

    other = await client.post(
        f"/sandbox/control/payments/{placed.payment_id}", json={"action": "pay", "amount": 100, "webhook": "none"}
    )

    assert (other.status_code, other.json()["code"]) == (409, "AMOUNT_DIFFERS_FROM_REGISTERED")


@pytest.mark.parametrize("kind", ["error_500", "garbage", "pg_error_502", "error_429", "ALREADY_PAID"])
async def test_failing_registration_harms_nothing(client: httpx.AsyncClient, kind: str) -> None:
    variant = await make_variant()
    async with faulty(client, "pre_register", kind):
        placed = await place(client, (variant.id, 1))

    assert (await read_order(client, placed))["status"] == "PENDING"
    assert await stock_of(variant) == 9
    await control(client, placed.payment_id, "pay", amount=placed.total)
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"


async def test_order_of_nothing_to_pay_is_paid_at_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=0)
    await ShippingRule.create(version=2, base_fee=0, free_from=0, created_at=clock.now())

    answer = await post_order(client, order_body((variant.id, 2), expected_total=0))

    body = answer.json()
    assert (answer.status_code, body["status"], body["payment"], body["total"]) == (201, "PAID", None, 0)
    assert await Payment.all().count() == 0
    assert await ledger_of(variant) == [("HOLD", -2), ("SALE", 0)]
    assert await stock_of(variant) == 8
    order = await Order.get()
    assert order.paid_at is not None
    assert [topic for (topic,) in await OutboxEvent.all().values_list("topic")] == ["order.paid"]


async def test_order_of_nothing_to_pay_takes_any_known_way_to_pay(client: httpx.AsyncClient) -> None:
    variant = await make_variant(price=0)
    await ShippingRule.create(version=2, base_fee=0, free_from=0, created_at=clock.now())
    answer = await post_order(client, order_body((variant.id, 1), expected_total=0, pay_method="VIRTUAL_ACCOUNT"))
    assert (answer.status_code, answer.json()["status"]) == (201, "PAID")


async def test_unpaid_order_emits_nothing_until_it_is_paid(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    assert await events_of(placed) == []
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    assert await events_of(placed) == ["order.paid"]
