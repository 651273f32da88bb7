"""Locking reads of the back-office."""

from src.app.user.errors import MemberHasLeft, MemberNotFound
from src.app.user.models import User, UserStatus
from src.app.user.services.admin import changes


async def lock_present(user_id: int) -> User:
    """Lock the member's row within the caller's transaction. Raises MemberNotFound, MemberHasLeft."""
    user = await changes.lock(user_id)
    if user is None:
        raise MemberNotFound
    if user.status == UserStatus.WITHDRAWN:
        raise MemberHasLeft
    return user
