"""What sells most comes first."""

from datetime import timedelta

import httpx

from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.order.services.popularity import count_popularity
from src.app.product.models import Product, Variant
from src.common import clock
from src.core.database.statements import change
from src.worker.jobs.run import run_job
from tests.app.auth.support import API
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, make_order, place


async def sold(variant: Variant, quantity: int, *, days_ago: float = 0, status: OrderStatus = OrderStatus.PAID) -> None:
    """An order that was paid so long ago."""
    order = await make_order(variant, status=status)
    when = clock.now() - timedelta(days=days_ago)
    await Order.filter(id=order.id).update(paid_at=when, updated_at=when)
    await change("UPDATE order_line SET quantity = %s WHERE order_id = %s", (quantity, order.id))


async def popularity(variant: Variant) -> int:
    return (await Product.get(id=variant.product_id)).popularity


async def test_units_paid_in_the_last_thirty_days_count(client: httpx.AsyncClient) -> None:
    one, other, never = [await make_variant() for _ in range(3)]
    await Product.filter(id=never.product_id).update(popularity=7)
    await sold(one, 2)
    await sold(one, 3, days_ago=29)
    await sold(one, 50, days_ago=31)
    await sold(other, 4, days_ago=31)
    await Product.filter(id=other.product_id).update(popularity=4)
    assert await run_job("count-popularity") == 2
    assert [await popularity(each) for each in (one, other, never)] == [5, 0, 7]
    assert await count_popularity() == 0, "nothing changed since"


async def test_what_was_cancelled_or_not_paid_does_not_count(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    await sold(variant, 2, status=OrderStatus.CANCELLED)
    await OrderLine.filter(variant_id=variant.id).update(cancelled=2)
    await place(client, (variant.id, 1))
    assert await count_popularity() == 0
    assert await popularity(variant) == 0


async def test_the_list_follows_at_once(client: httpx.AsyncClient) -> None:
    first, second = await make_variant(), await make_variant()
    placed = await place(client, (first.id, 3))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)

    async def listed() -> list[int]:
        return [item["id"] for item in (await client.get(f"{API}/products?sort=popular")).json()["items"]]

    assert await listed() == [second.product_id, first.product_id]
    assert await run_job("count-popularity") == 1
    assert await listed() == [first.product_id, second.product_id]
    assert (await Product.get(id=first.product_id)).version == 1
