"""What a purchase writes into the journal: once, however it is heard of, and with the money that came for nothing."""

import asyncio
from datetime import UTC, datetime

import httpx
import pytest

from src.app.checkout.services.settling import mark_paid, settle
from src.app.journal.models import JournalEntry, JournalEntryArchive, TaxClass
from src.app.journal.services.sales import append_sales
from src.app.order.models import Order, OrderLine
from src.app.order.services.effects.storing import store
from src.app.order.services.locks import lock_order
from src.app.payment.models import Refund
from src.app.pricing.services.effects import EffectKind, Laid
from src.app.product.models import Product, TaxType
from src.common import clock
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job
from tests.app.journal.support import paid, rows_of, sent_back, sides_of
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    complete,
    control,
    expire,
    make_order,
    order_of,
    pay_again,
    payment_of,
    place,
    refund_of,
)


async def test_an_unpaid_order_writes_nothing(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    assert await rows_of((await order_of(placed)).id) == []


async def test_a_paid_order_writes_its_lines_shipping_and_payment(client: httpx.AsyncClient) -> None:
    placed = await paid(client)
    order = await order_of(placed)
    lines = await OrderLine.filter(order_id=order.id).order_by("id")
    rows = {row.cause: row for row in await JournalEntry.filter(order_id=order.id)}
    payment = await payment_of(placed.payment_id)
    assert {cause: row.amount for cause, row in rows.items()} == {
        f"sale:{lines[0].id}": lines[0].line_total,
        f"sale:{lines[1].id}": lines[1].line_total,
        f"shipping:{order.id}": order.shipping_fee,
        f"payment:{payment.id}": order.total,
    }
    assert [rows[f"sale:{line.id}"].line_no for line in lines] == [line.line_no for line in lines]
    assert {row.tax_class for cause, row in rows.items() if "payment" not in cause} == {TaxClass.TAXABLE}
    assert rows[f"payment:{payment.id}"].payment_id == payment.id
    assert order.paid_at is not None
    assert {row.day for row in rows.values()} == {order.paid_at.astimezone(clock.KST).date()}
    assert rows[f"sale:{lines[0].id}"].at == order.paid_at
    assert await sides_of(order.id) == (order.total, order.total)


async def test_the_tax_class_is_that_of_the_line(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    await Product.filter(id=variant.product_id).update(tax_type=TaxType.TAX_FREE)
    order = await make_order(variant)
    await OrderLine.filter(order_id=order.id).update(tax_type=TaxType.TAX_FREE)
    await Order.filter(id=order.id).update(paid_at=order.created_at)
    assert await unit_of_work(lambda: append_sales([order.id])) == 1
    assert (await JournalEntry.get(order_id=order.id)).tax_class == TaxClass.TAX_FREE


async def test_discount_coupon_and_points_stand_apart(client: httpx.AsyncClient) -> None:
    order = await make_order(await make_variant(), 2)
    line = await OrderLine.get(order_id=order.id)
    await unit_of_work(
        lambda: store(
            order,
            shipping=(),
            effects=[Laid(1, EffectKind.PROMOTION, 0, (300, 200)), Laid(2, EffectKind.COUPON, 0, (1_000, 1_000))],
        )
    )
    await OrderLine.filter(id=line.id).update(discount_share=2_500, points_share=700)
    midnight = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    sums = {"discount_total": 2_500, "points_used": 700, "total": 16_800, "paid_at": midnight}
    await Order.filter(id=order.id).update(**sums)
    assert await unit_of_work(lambda: append_sales([order.id])) == 4
    assert await unit_of_work(lambda: append_sales([order.id])) == 0
    expected = [("COUPON", -2_000), ("DISCOUNT", -500), ("POINTS_SPENT", 700), ("SALE", 20_000)]
    assert await rows_of(order.id) == expected
    assert {str(row.day) for row in await JournalEntry.filter(order_id=order.id)} == {"2026-12-01"}


async def test_one_payment_heard_of_many_times_is_one_row(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="twice")
    await asyncio.gather(*(complete(client, placed.payment_id) for _ in range(3)), run_job("process-inbox"))
    for _ in range(2):
        await settle(placed.payment_id, told_by="re-read")
    order = await order_of(placed)
    assert [kind for kind, _ in await rows_of(order.id)] == ["PAYMENT", "SALE", "SHIPPING"]
    assert await sides_of(order.id) == (order.total, order.total)


async def test_who_dies_before_the_commit_leaves_no_row_and_the_next_writes_all(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    order = await order_of(placed)

    async def die() -> None:
        await mark_paid(await lock_order(order.id), actor="system", reason="결제 완료")
        assert await JournalEntry.filter(order_id=order.id).count() == 2
        raise RuntimeError("died")

    with pytest.raises(RuntimeError, match="died"):
        await unit_of_work(die)
    assert await rows_of(order.id) == []
    await settle(placed.payment_id, told_by="browser")
    assert [kind for kind, _ in await rows_of(order.id)] == ["PAYMENT", "SALE", "SHIPPING"]


async def test_a_late_payment_is_booked_and_goes_back(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    assert await expire(minutes=31) == 1
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 409
    order = await order_of(placed)
    assert await rows_of(order.id) == [("PAYMENT", order.total)]
    await sent_back(client, placed.payment_id)
    refund = await refund_of(placed.payment_id)
    assert await rows_of(order.id) == [("PAYMENT", order.total), ("REFUND", -order.total)]
    assert (await JournalEntry.get(cause=f"refund:{refund.id}")).payment_id == refund.payment_id


async def test_a_duplicate_payment_goes_back_beside_the_one_that_settled(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    for payment_id in (placed.payment_id, second):
        await control(client, payment_id, "pay")
        await complete(client, payment_id)
    order = await order_of(placed)
    assert await sides_of(order.id) == (order.total, 2 * order.total)
    await sent_back(client, second)
    assert await sides_of(order.id) == (order.total, order.total)
    assert await JournalEntry.filter(order_id=order.id, kind="REFUND").count() == 1


async def test_a_mismatch_is_booked_as_it_was_paid(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=1_000)
    assert (await complete(client, placed.payment_id)).status_code == 409
    order = await order_of(placed)
    assert await rows_of(order.id) == [("PAYMENT", 1_000)]
    await sent_back(client, placed.payment_id)
    assert await rows_of(order.id) == [("PAYMENT", 1_000), ("REFUND", -1_000)]


async def test_a_cancel_at_the_console_is_external_and_booked_once(client: httpx.AsyncClient) -> None:
    placed = await paid(client)
    order = await order_of(placed)
    await control(client, placed.payment_id, "cancel", amount=3_000)
    for _ in range(3):
        await settle(placed.payment_id, told_by="re-read")
    assert await sides_of(order.id) == (order.total, order.total - 3_000)
    await control(client, placed.payment_id, "cancel", amount=2_000)
    await settle(placed.payment_id, told_by="re-read")
    external = [row for row in await rows_of(order.id) if row[0] == "EXTERNAL_CANCEL"]
    assert external == [("EXTERNAL_CANCEL", -3_000), ("EXTERNAL_CANCEL", -2_000)]
    assert not await Refund.exists()


async def test_rows_go_to_the_archive_and_come_back_with_their_order(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    assert await expire(minutes=31) == 1
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await sent_back(client, placed.payment_id)
    order = await order_of(placed)
    before = await JournalEntry.filter(order_id=order.id).order_by("id").values()
    assert await archive() == 1
    assert not await JournalEntry.exists()
    assert await JournalEntryArchive.filter(order_id=order.id).order_by("id").values() == before

    async def back() -> None:
        assert (await lock_order(order.id)).id == order.id

    await unit_of_work(back)
    assert not await JournalEntryArchive.exists()
    assert await JournalEntry.filter(order_id=order.id).order_by("id").values() == before
