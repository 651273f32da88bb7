"""The journal of won: one append-only row for each sum that moves."""

from src.app.journal.models.archive import JournalEntryArchive
from src.app.journal.models.entry import JournalEntry
from src.app.journal.models.kinds import MONEY, OWED, SIGNS, EntryKind, TaxClass

__all__ = ["MONEY", "OWED", "SIGNS", "EntryKind", "JournalEntry", "JournalEntryArchive", "TaxClass"]
