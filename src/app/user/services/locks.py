"""Locking reads of members. A member's row is locked before what belongs to the member
(docs/architecture.md#r11)."""

from functools import partial

from src.app.user.models import User, UserStatus
from src.common.exceptions.general import InvalidToken
from src.common.http import me_cache
from src.core.database import after_commit


async def lock_member(user_id: int | None) -> User:
    """The member's row, locked until the transaction ends (SQLite: the transaction is the only writer anyway).

    Every write of a member's values comes through here, so none can bring a personal value back after the member was
    anonymised. After the commit Redis forgets what it remembered of the member. Raises InvalidToken when the member is
    no more.
    """
    user = await lock_row(user_id)
    if user is None or user.status == UserStatus.WITHDRAWN:
        raise InvalidToken(headers={"WWW-Authenticate": "Bearer"})
    return user


async def lock_row(user_id: int | None) -> User | None:
    """As `lock_member`, members who left included; None for one who never was."""
    user = await User.filter(id=user_id).select_for_update().first()
    if user is not None:
        after_commit(partial(me_cache.forget, user.id))
    return user


async def keep_from_leaving(user_id: int) -> bool:
    """Whether the member has not left, which then stays so until the transaction ends: the row is locked.

    For those who read a member's values without changing them: what is remembered of the member stays.
    """
    there = User.filter(id=user_id).exclude(status=UserStatus.WITHDRAWN)
    return bool(await there.select_for_update().values_list("id"))
