"""Orders of before the journal are written into it, where they lie, once."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from src.app.checkout.services.settling import settle
from src.app.journal.models import JournalEntry, JournalEntryArchive
from src.app.order.models import Order, OrderStatus
from src.app.settlement.services import filling
from src.app.settlement.services.filling import fill_journal, filled_until
from src.common import clock
from tests.app.journal.support import Row, forget, late_and_refunded, paid, rows_of
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, later, make_order, order_of, place

pytestmark = pytest.mark.usefixtures("empty")

Facts = list[dict[str, object]]


async def facts() -> Facts:
    """Every row without its own id, by cause."""
    found = [row for table in (JournalEntry, JournalEntryArchive) for row in await table.all().values()]
    return sorted(({k: v for k, v in row.items() if k != "id"} for row in found), key=lambda row: str(row["cause"]))


async def fill() -> int:
    """Run the job when today's orders are old enough."""
    with later(hours=2):
        return await fill_journal()


async def test_what_is_filled_is_what_a_purchase_writes(client: httpx.AsyncClient) -> None:
    await paid(client)
    await late_and_refunded(client)
    cancelled = await paid(client)
    await control(client, cancelled.payment_id, "cancel", amount=3_000)
    await complete(client, cancelled.payment_id)
    await settle(cancelled.payment_id, told_by="re-read")
    before = await facts()
    assert len(before) == 11
    await forget()
    assert await fill() == 11
    after = await facts()
    for row in (*before, *after):  # when these became known is kept elsewhere, a moment earlier or later
        if str(row["cause"]).startswith(("external:", "refund:")):
            row.pop("at")
    assert after == before


async def test_a_second_run_writes_nothing(client: httpx.AsyncClient) -> None:
    await paid(client)
    await forget()
    assert await fill() == 4
    before = await facts()
    assert await fill() == 0
    assert await facts() == before
    assert await filled_until() == max(order.id for order in await Order.all())


async def test_two_runs_at_once_beside_a_purchase_write_every_row_once(client: httpx.AsyncClient) -> None:
    old = await paid(client)
    await forget()
    live = await place(client, ((await make_variant()).id, 1))
    await control(client, live.payment_id, "pay")
    await asyncio.gather(fill(), fill(), complete(client, live.payment_id))
    assert [kind for kind, _ in await rows_of((await order_of(old)).id)] == ["PAYMENT", "SALE", "SALE", "SHIPPING"]
    assert [kind for kind, _ in await rows_of((await order_of(live)).id)] == ["PAYMENT", "SALE", "SHIPPING"]


async def test_archived_orders_are_written_where_they_lie(client: httpx.AsyncClient) -> None:
    placed = await late_and_refunded(client)
    order = await order_of(placed)
    expected: list[Row] = [("PAYMENT", order.total), ("REFUND", -order.total)]
    assert await archive() == 1
    await forget()
    assert await fill() == 2
    assert not await JournalEntry.exists()
    assert await JournalEntryArchive.filter(order_id=order.id).count() == 2
    assert await rows_of(order.id) == expected


async def test_it_continues_in_batches_where_it_stood(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        order = await make_order(await make_variant(), status=OrderStatus.PAID)
        await Order.filter(id=order.id).update(paid_at=order.created_at)
    monkeypatch.setattr(filling, "BATCH", 1)
    monkeypatch.setattr(filling, "MOST", 2)
    assert await fill() == 2
    assert await fill() == 1
    assert await JournalEntry.filter(kind="SALE").count() == 3


async def test_orders_of_the_last_hour_wait(client: httpx.AsyncClient) -> None:
    await paid(client)
    await forget()
    assert await fill_journal() == 0
    assert await JournalEntry.all().count() == 0


async def test_what_the_release_before_settles_meanwhile_is_written_later(client: httpx.AsyncClient) -> None:
    waiting = await place(client, ((await make_variant()).id, 1))
    assert await fill() == 0  # passed by: not paid
    await control(client, waiting.payment_id, "pay")
    await complete(client, waiting.payment_id)
    await forget()  # as if a process without a journal had settled it
    assert await fill() == 3
    with clock.as_of(clock.now() + timedelta(days=3)):
        assert await fill_journal() == 0


async def test_an_unpaid_order_has_no_rows(client: httpx.AsyncClient) -> None:
    await place(client, ((await make_variant()).id, 1))
    assert await fill() == 0
    assert not await JournalEntry.exists()
