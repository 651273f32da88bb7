"""Tables of the desk."""

from src.app.desk.models.note import OrderNote, OrderNoteArchive

__all__ = ["OrderNote", "OrderNoteArchive"]
