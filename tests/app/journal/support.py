"""What the journal says of orders, live and archived, and the orders it speaks of."""

import httpx
from tortoise import Tortoise

from src.app.journal.models import MONEY, OWED, JournalEntry, JournalEntryArchive
from src.worker.jobs.run import run_job
from tests.factories.catalogue import make_variant
from tests.factories.orders import Placed, complete, control, delivered, expire, place

Row = tuple[str, int]


async def rows_of(order_id: int) -> list[Row]:
    """Kind and won of each row of an order, by kind, wherever they lie."""
    found = [row for table in (JournalEntry, JournalEntryArchive) for row in await table.filter(order_id=order_id)]
    return sorted((row.kind.value, row.amount) for row in found)


async def sides_of(order_id: int) -> tuple[int, int]:
    """What the buyer owes for the order, and what the shop has of it, in won."""
    rows = await JournalEntry.filter(order_id=order_id)
    owed = sum(row.amount for row in rows if row.kind in OWED)
    return owed, sum(row.amount for row in rows if row.kind in MONEY)


async def paid(client: httpx.AsyncClient) -> Placed:
    """A paid order of two lines."""
    first, second = await make_variant(), await make_variant()
    placed = await place(client, (first.id, 2), (second.id, 1))
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 200
    return placed


async def sent_back(client: httpx.AsyncClient, payment_id: str) -> None:
    """The refund of a payment is sent, and what the provider says of it is worked off."""
    assert await run_job("send-refunds") == 1
    await delivered(client, payment_id, 1)
    await run_job("process-inbox")
    await run_job("reread-payments")


async def late_and_refunded(client: httpx.AsyncClient) -> Placed:
    """An expired order whose payment came too late and went back."""
    placed = await place(client, ((await make_variant()).id, 1))
    assert await expire(minutes=31) == 1
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await sent_back(client, placed.payment_id)
    return placed


async def forget() -> None:
    """Remove every row, as in a shop that had no journal."""
    db = Tortoise.get_connection("default")
    for table in ("journal_entry", "journal_entry_archive"):
        await db.execute_query(f"DELETE FROM {table}")
