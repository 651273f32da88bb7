"""What the back-office keeps about others."""

from src.app.backoffice.models.user_memo import UserMemo

__all__ = ["UserMemo"]
