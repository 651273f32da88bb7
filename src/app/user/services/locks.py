"""Locking reads of members. A member's row is locked before the rows that belong to the member
(docs/architecture.md#r11)."""

from functools import partial

from src.app.user.models import User, UserStatus
from src.common.exceptions.general import InvalidToken
from src.common.http import me_cache
from src.core.database import after_commit


async def lock_member(user_id: int | None) -> User:
    """Lock the member's row until the transaction ends (SQLite: the transaction is the only writer anyway).

    Every write of a member's values uses this lock, so none can restore a personal value after the member was
    anonymised. After the commit the cached answer in Redis is deleted. Raises InvalidToken if the member no longer
    exists.
    """
    user = await lock_row(user_id)
    if user is None or user.status == UserStatus.WITHDRAWN:
        raise InvalidToken(headers={"WWW-Authenticate": "Bearer"})
    return user


async def lock_row(user_id: int | None) -> User | None:
    """Lock as `lock_member`, with former members included; None for an unknown id."""
    user = await User.filter(id=user_id).select_for_update().first()
    if user is not None:
        after_commit(partial(me_cache.forget, user.id))
    return user


async def keep_from_leaving(user_id: int) -> bool:
    """Return True if the member has not left, and lock the row so that this holds until the transaction ends.

    For callers that read a member's values without changing them: the cached answer stays.
    """
    there = User.filter(id=user_id).exclude(status=UserStatus.WITHDRAWN)
    return bool(await there.select_for_update().values_list("id"))
