"""What lies on the units of an order and the parts of its shipping fee: stored, read, filled in, archived, checked."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.order.models import (
    Order,
    OrderArchive,
    OrderEffect,
    OrderEffectArchive,
    OrderLine,
    OrderShippingRow,
    OrderShippingRowArchive,
    OrderStatus,
)
from src.app.order.services.archiving import bring_back
from src.app.order.services.effects.reading import effects_of, shipping_rows_of, units_of
from src.app.order.services.effects.storing import store
from src.app.pricing.services.effects import Effect, EffectKind, Units, lay, left_of, tax_parts
from src.app.product.models import TaxType, Variant
from src.app.shipping.models import FeePer, ShippingProductFee, ShippingRule
from src.app.shipping.services.fees import FeeKind
from src.common import clock
from src.common.models import InvariantBreach
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job
from tests.factories.archive import archive
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import SHIPPING, make_order, order_body, order_of, place, post_order, read_order

JOB = "order-effects"
DAY = timedelta(days=1)


async def rows_of(table: Any = OrderShippingRow) -> list[tuple[Any, ...]]:
    columns = ("place", "kind", "rule_version", "line_no", "product_id", "units", "amount", "tax_type")
    return list(await table.all().order_by("place").values_list(*columns))


async def older(
    variant: Variant, quantity: int = 3, *, fee: int = 0, discount: int = 0, points: int = 0, zipcode: str = "06236"
) -> Order:
    """An order as the release before effects wrote it, a day old."""
    order = await make_order(variant, quantity, status=OrderStatus.CONFIRMED, placed_at=clock.now() - DAY)
    total = order.item_total + fee - discount - points
    sums = {"shipping_fee": fee, "discount_total": discount, "points_used": points, "total": total}
    await Order.filter(id=order.id).update(**sums, zipcode=zipcode, ended_at=order.created_at)
    await OrderLine.filter(order_id=order.id).update(discount_share=discount, points_share=points)
    return await Order.get(id=order.id)


async def breaches() -> list[tuple[str, str]]:
    await run_job("check-invariants")
    rows = await InvariantBreach.filter(promise="P9", resolved_at=None)
    return [(row.reference, row.detail) for row in rows]


async def test_an_order_keeps_the_parts_of_its_shipping_fee(client: httpx.AsyncClient) -> None:
    bag, glove = await make_product(code="BAG", price=10_000), await make_product(code="GLOVE", price=20_000)
    [bag_size], [glove_size] = await variants_of(bag), await variants_of(glove)
    await ShippingRule.create(version=2, base_fee=3_000, free_from=50_000, created_at=clock.now())
    await ShippingProductFee.create(version=2, product_id=bag.id, fee=5_000, per=FeePer.UNIT)

    body = order_body((glove_size.id, 1), (bag_size.id, 2), expected_total=53_000, shipping=SHIPPING)
    answer = await post_order(client, body)

    assert answer.status_code == 201, answer.text
    order_no = answer.json()["order_no"]
    assert await rows_of() == [
        (1, FeeKind.BASE, 2, "", None, 1, 3_000, TaxType.TAXABLE),
        (2, FeeKind.PRODUCT, 2, f"{order_no}-02", bag.id, 2, 10_000, TaxType.TAXABLE),
    ]
    assert await OrderEffect.all().count() == 0
    assert await breaches() == []


async def test_an_order_that_ships_free_has_no_rows_and_keeps_the_version(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant(price=100_000)).id, 1))
    assert await rows_of() == []
    assert (await order_of(placed)).shipping_version == 1


async def test_taxes_of_order_and_lines_are_told(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant(price=11_000, stock=9)).id, 2))
    told = await read_order(client, placed)
    assert {name: told[name] for name in ("supply_amount", "vat_amount", "tax_free_amount", "total")} == {
        "supply_amount": 22_273,
        "vat_amount": 2_227,
        "tax_free_amount": 0,
        "total": 24_500,
    }
    line = told["lines"][0]
    assert (line["tax_type"], line["supply_amount"], line["vat_amount"]) == ("TAXABLE", 20_000, 2_000)
    row = await OrderLine.get()
    assert [(unit.price, unit.effects, unit.paid, unit.vat) for unit in units_of(row, [])] == [
        (11_000, (), 11_000, 1_000),
        (11_000, (), 11_000, 1_000),
    ]


async def test_stored_vectors_are_read_back_unit_by_unit(client: httpx.AsyncClient) -> None:
    """The case of the money rules: three of 1,000, coupon 1,000, points 1,000."""
    order = await make_order(await make_variant(), 3)
    await OrderLine.all().update(unit_price=1_000, line_total=3_000, vat_amount=91)
    units = [Units(1_000, 3)]
    laid = lay(units, [Effect(EffectKind.COUPON, 1_000), Effect(EffectKind.POINTS, 1_000)])
    taxed = (*laid, *tax_parts([91], left_of(units, laid), place=3))
    await unit_of_work(lambda: store(order, shipping=(), effects=taxed))

    effects = (await effects_of([order.id]))[order.id]
    read = units_of(await OrderLine.get(), effects)

    assert [each.parts for each in sorted(effects, key=lambda each: each.place)] == [
        "334,333*2",
        "333,334,333",
        "30*2,31",
    ]
    assert [dict(unit.effects) for unit in read] == [
        {EffectKind.COUPON: 334, EffectKind.POINTS: 333},
        {EffectKind.COUPON: 333, EffectKind.POINTS: 334},
        {EffectKind.COUPON: 333, EffectKind.POINTS: 333},
    ]
    assert [unit.paid for unit in read] == [333, 333, 334]
    assert sum(unit.vat or 0 for unit in read) == 91


async def test_older_orders_get_vat_effects_and_shipping_rows(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=99)
    plain = await older(variant, fee=5_500, zipcode="63100")
    cheap = await older(variant, fee=2_500, zipcode="63100")
    reduced = await older(variant, discount=1_000, points=2_000)

    assert await run_job(JOB) == 3

    assert [(order.vat_amount, order.tax_free_amount) for order in await Order.all().order_by("id")] == [
        (3_227, 0),
        (2_955, 0),
        (2_455, 0),
    ]
    assert [line.vat_amount for line in await OrderLine.all().order_by("id")] == [2_727, 2_728, 2_455]
    rows = await shipping_rows_of([plain.id, cheap.id, reduced.id])
    told = {key: [(row.kind, row.rule_version, row.amount) for row in found] for key, found in rows.items()}
    assert told == {
        plain.id: [(FeeKind.BASE, None, 2_500), (FeeKind.SURCHARGE, None, 3_000)],
        cheap.id: [(FeeKind.BASE, None, 2_500)],
    }
    effects = (await effects_of([plain.id, cheap.id, reduced.id]))[reduced.id]
    assert [(each.kind, each.place, each.parts) for each in sorted(effects, key=lambda each: each.place)] == [
        (EffectKind.DISCOUNT, 1, "334,333*2"),
        (EffectKind.POINTS, 2, "666,667*2"),
        (EffectKind.TAX, 3, "819,818*2"),
    ]
    assert await OrderEffect.all().count() == 3
    assert await breaches() == []


async def test_filling_again_and_at_the_same_time_changes_nothing(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=99)
    for _ in range(3):
        await older(variant, fee=2_500, discount=10)
    await asyncio.gather(run_job(JOB), run_job(JOB))
    rows, effects = await OrderShippingRow.all().values(), await OrderEffect.all().values()
    assert (len(rows), len(effects)) == (3, 6)
    assert await run_job(JOB) == 0
    assert (await OrderShippingRow.all().values(), await OrderEffect.all().values()) == (rows, effects)


async def test_an_order_that_cannot_be_filled_does_not_keep_the_others(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=99)
    broken, good = await older(variant, discount=40_000, fee=20_000), await older(variant)
    assert await run_job(JOB) == 1
    assert (await Order.get(id=broken.id)).vat_amount is None
    assert (await Order.get(id=good.id)).vat_amount == 2_727
    assert await OrderShippingRow.all().count() == 0
    assert (await OrderLine.get(order_id=broken.id)).vat_amount is None


async def test_the_youngest_orders_are_left_for_a_later_run(client: httpx.AsyncClient) -> None:
    await make_order(await make_variant())
    assert await run_job(JOB) == 0
    with clock.as_of(datetime.now(UTC) + timedelta(hours=2)):
        assert await run_job(JOB) == 1
    assert (await Order.get()).vat_amount == 909


async def test_archived_orders_are_filled_and_archived_again(client: httpx.AsyncClient) -> None:
    order = await older(await make_variant(stock=99), fee=2_500, discount=500)
    assert await archive() == 1
    assert await run_job(JOB) == 1
    assert (await Order.get(id=order.id)).vat_amount == 2_909
    assert await archive() == 1
    assert (await OrderArchive.get()).vat_amount == 2_909
    assert await rows_of(OrderShippingRowArchive) == [(1, FeeKind.BASE, None, "", None, 1, 2_500, TaxType.TAXABLE)]
    assert (await OrderEffectArchive.all().count(), await OrderEffect.all().count()) == (2, 0)
    assert len((await effects_of([order.id]))[order.id]) == 2
    await unit_of_work(lambda: bring_back(order.id))
    assert (await OrderEffect.all().count(), await OrderShippingRow.all().count()) == (2, 1)


@pytest.mark.parametrize(
    ("table", "values", "detail"),
    [
        (OrderShippingRow, {"amount": 2_499}, "shipping rows"),
        (Order, {"vat_amount": 2_908}, "VAT of the order"),
        (OrderLine, {"vat_amount": 2_600}, "VAT of the lines; VAT of the units of {}"),
        (OrderEffect, {"parts": "250"}, "DISCOUNT of {}; TAX of {}; effects of {}; VAT of the units of {}"),
        (OrderLine, {"discount_share": 499}, "effects of {}"),
    ],
)
async def test_parts_that_do_not_add_up_break_p9(
    client: httpx.AsyncClient, table: Any, values: dict[str, Any], detail: str
) -> None:
    order = await older(await make_variant(stock=99), 2, fee=2_500, discount=500)
    await run_job(JOB)
    assert await breaches() == []
    await table.all().update(**values)
    await Order.all().update(updated_at=clock.now())
    ((reference, said),) = await breaches()
    assert reference == f"order:{order.order_no}"
    assert said == detail.replace("{}", f"{order.order_no}-01")
