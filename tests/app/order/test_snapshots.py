"""Orders outlive what they were made of (docs/promises.md#p9)."""

import httpx

from src.app.order.models import Order, OrderLine
from src.app.product.models import Product, ProductImage, ProductOption, SaleStatus, Variant
from src.app.user.models import Consent, User
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import (
    API,
    control,
    expire,
    new_key,
    order_body,
    order_of,
    place,
    post_order,
    read_order,
)
from tests.factories.people import bearer, make_member

# What is of today and not of the purchase.
NOW = {"status", "cancelled", "shipped", "delivered", "ship_by", "delay", "allowed_actions"}


async def delete_product(product: Product) -> None:
    """What a delete of the rows would do."""
    await Variant.filter(product_id=product.id).delete()
    for option in await ProductOption.filter(product_id=product.id):
        await ProductImage.filter(option_id=option.id).delete()
    await ProductOption.filter(product_id=product.id).delete()
    await Product.filter(id=product.id).delete()


async def test_changed_product_leaves_the_order_as_it_was_bought(client: httpx.AsyncClient) -> None:
    product = await make_product(name="투어 스탠드백", price=45_000, origin_price=50_000, sizes=2)
    first, second = await variants_of(product)
    placed = await place(client, (first.id, 2), (second.id, 1))
    before = await read_order(client, placed)

    await Product.filter(id=product.id).update(name="다른 이름", price=1, origin_price=1, product_code="OTHER")
    await ProductOption.filter(product_id=product.id).update(color="다른 색")
    await Variant.filter(id=first.id).update(size="XXL")

    assert await read_order(client, placed) == before
    bought = [{name: value for name, value in line.items() if name not in NOW} for line in before["lines"]]
    assert bought == [
        {
            "line_no": f"{placed.order_no}-01",
            "variant_id": first.id,
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
        },
        {
            "line_no": f"{placed.order_no}-02",
            "variant_id": second.id,
            "product_id": product.id,
            "name": "투어 스탠드백",
            "color": "블랙",
            "size": "M",
            "product_code": product.product_code,
            "image_url": f"/media/products/{product.product_code}/0-0.svg",
            "alt": "투어 스탠드백 블랙",
            "quantity": 1,
            "unit_price": 45_000,
            "line_total": 45_000,
            "tax_type": "TAXABLE",
            "supply_amount": 40_909,
            "vat_amount": 4_091,
            "tax_free_amount": 0,
        },
    ]
    line = await OrderLine.get(line_no=f"{placed.order_no}-01")
    assert (line.origin_price, line.product_code, line.sku) == (50_000, product.product_code, first.sku)
    assert line.image_path == f"products/{product.product_code}/0-0.svg"


async def test_changed_price_changes_neither_replay_nor_what_is_to_be_paid(client: httpx.AsyncClient) -> None:
    product = await make_product(price=45_000)
    (variant,) = await variants_of(product)
    placed = await place(client, (variant.id, 2))

    await Product.filter(id=product.id).update(price=1, origin_price=1)
    await control(client, placed.payment_id, "pay")
    answer = await client.post(f"{API}/payments/{placed.payment_id}/complete")

    assert (answer.status_code, answer.json()["order_status"]) == (200, "PAID")
    order = await Order.get(order_no=placed.order_no)
    assert (order.item_total, order.shipping_fee, order.total) == (90_000, 2_500, 92_500)


async def test_deleted_product_leaves_a_paid_order_whole(client: httpx.AsyncClient) -> None:
    product = await make_product()
    (variant,) = await variants_of(product)
    placed = await place(client, (variant.id, 2))
    await control(client, placed.payment_id, "pay")
    await client.post(f"{API}/payments/{placed.payment_id}/complete")
    before = await read_order(client, placed)

    await delete_product(product)

    assert await read_order(client, placed) == before


async def test_deleted_product_does_not_keep_an_unpaid_order_from_being_paid(client: httpx.AsyncClient) -> None:
    product = await make_product()
    (variant,) = await variants_of(product)
    placed = await place(client, (variant.id, 2))
    await delete_product(product)

    await control(client, placed.payment_id, "pay")
    answer = await client.post(f"{API}/payments/{placed.payment_id}/complete")

    assert (answer.status_code, answer.json()["order_status"]) == (200, "PAID")


async def test_deleted_product_does_not_keep_an_unpaid_order_from_expiring(client: httpx.AsyncClient) -> None:
    product = await make_product()
    (variant,) = await variants_of(product)
    placed = await place(client, (variant.id, 2))
    await delete_product(product)

    assert await expire(minutes=31) == 1

    assert (await read_order(client, placed))["status"] == "EXPIRED"


async def test_deleted_member_leaves_the_order_whole(client: httpx.AsyncClient) -> None:
    member = await make_member()
    (variant,) = await variants_of(await make_product())
    placed = await place(client, (variant.id, 2), headers=await bearer(client, member))
    row = await order_of(placed)

    await Consent.filter(user_id=member.id).delete()
    await User.filter(id=member.id).delete()
    await control(client, placed.payment_id, "pay")
    answer = await client.post(f"{API}/payments/{placed.payment_id}/complete")

    assert (answer.status_code, answer.json()["order_status"]) == (200, "PAID")
    after = await Order.get(id=row.id)
    assert (after.member_id, after.orderer_name, after.orderer_phone, after.total) == (
        member.id,
        "김민지",
        "01012345678",
        placed.total,
    )
    assert await OrderLine.filter(order_id=row.id).count() == 1


async def test_order_of_a_product_taken_off_sale_can_still_be_replayed(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    first = await post_order(client, body, key=key)
    await Product.all().update(sale_status=SaleStatus.STOPPED)

    again = await post_order(client, body, key=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
