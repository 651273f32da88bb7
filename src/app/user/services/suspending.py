"""Keep a member out, and let the member in again. The back office calls it; sessions are ended by the caller."""

from src.app.user.models import UserStatus
from src.app.user.services.locks import lock_member
from src.common.utils import clock
from src.core.database import unit_of_work


async def set_suspended(user_id: int, *, suspended: bool) -> int:
    """Suspend the member or end that, in one transaction; returns the session epoch, which rises when suspended.

    A withdrawal under way goes on while suspended. Doing it again changes nothing. Raises InvalidToken when the member
    is no more.
    """

    async def write() -> int:
        user = await lock_member(user_id)
        if (user.status == UserStatus.SUSPENDED) == suspended:
            return user.session_epoch
        if suspended:
            user.status = UserStatus.SUSPENDED
            user.session_epoch += 1
        else:
            user.status = UserStatus.ACTIVE if user.withdraw_at is None else UserStatus.WITHDRAWING
        user.updated_at = clock.now()
        await user.save(update_fields=["status", "session_epoch", "updated_at"])
        return user.session_epoch

    return await unit_of_work(write)
