"""What the journal says of orders, live and archived."""

from src.app.journal.models import MONEY, OWED, JournalEntry, JournalEntryArchive

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
