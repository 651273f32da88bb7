"""Archive table of the journal: rows move with their order."""

from src.app.journal.models.entry import JournalEntry
from src.common.models.archive import archive_of

JournalEntryArchive = archive_of(JournalEntry)
