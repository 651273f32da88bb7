"""Models of the back-office domain."""

from src.app.backoffice.models.user_memo import UserMemo

__all__ = ["UserMemo"]
