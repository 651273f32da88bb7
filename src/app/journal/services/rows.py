"""Rows of the journal as others read them, live and archived."""

from collections.abc import Sequence

from src.app.journal.models import EntryKind, JournalEntry, JournalEntryArchive
from src.core.database.statements import fetch


async def money_rows(above: int, up_to: int, kinds: Sequence[EntryKind]) -> list[JournalEntry]:
    """Return the rows of these kinds that went through a payment, with ids in (above, up_to], by id."""
    found: dict[int, JournalEntry] = {}
    for table in (JournalEntry, JournalEntryArchive, JournalEntry):  # a row may move to the other table in between
        rows = table.filter(id__gt=above, id__lte=up_to, kind__in=list(kinds), payment_id__not_isnull=True)
        found |= {row.id: row for row in await rows}
    return [found[row_id] for row_id in sorted(found)]


async def newest_id() -> int:
    """Return the highest id that a row has, live or archived, 0 without rows."""
    (row,) = await fetch(
        "SELECT COALESCE(MAX(id), 0) AS live, (SELECT COALESCE(MAX(id), 0) FROM journal_entry_archive) AS old"
        " FROM journal_entry"
    )
    return max(int(row["live"]), int(row["old"]))
