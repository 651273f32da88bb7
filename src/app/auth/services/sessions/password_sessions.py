"""Sessions after their member's password changed."""

import logging

from src.app.auth.services.sessions import sessions
from src.common.exceptions.general import SessionStoreUnavailable

logger = logging.getLogger(__name__)


async def end_sessions(user_id: int, *, epoch: int, keep: str = "") -> None:
    """End the member's sessions but `keep`, which goes on in the new epoch. Call after the commit.

    Without Redis this is logged and no failure: the password is changed, no session works until Redis is back, and
    one that comes back with it is not refreshed, because the row's epoch is another.
    """
    try:
        await sessions.close_all("member", user_id, epoch=epoch, keep=keep)
    except SessionStoreUnavailable:
        logger.warning("the sessions of a member with a new password could not be ended in Redis")
