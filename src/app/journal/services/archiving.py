"""The journal's table that moves to the archive with its order."""

from typing import Final

from src.app.journal.models import JournalEntry, JournalEntryArchive
from src.app.order.models import Order
from src.common.records.archiving import Part

PARTS: Final = (Part(live=JournalEntry, archive=JournalEntryArchive, parent=Order, column="order_id"),)
