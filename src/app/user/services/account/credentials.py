"""Writes of sign-in to a member's row. The auth domain makes the hashes; this domain never sees a password."""

from functools import partial

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from src.app.user.dtos.fields import normal_login_id
from src.app.user.errors import LoginIdTaken
from src.app.user.models import User
from src.app.user.services import queries
from src.app.user.services.locks import lock_member
from src.common import clock
from src.core.database import proven_by, unit_of_work


async def set_password(user_id: int, password_hash: str) -> int:
    """Write another password's hash and end all sessions of the row, in one transaction; returns the new epoch."""
    return await unit_of_work(lambda: write_password(user_id, password_hash))


async def write_password(user_id: int, password_hash: str) -> int:
    """Do as `set_password`, inside the caller's transaction, whose commit the new hash proves: its salt is unique.
    Locks the member's row. Raises InvalidToken."""
    user = await lock_member(user_id)
    epoch = user.session_epoch + 1
    await User.filter(id=user.id).update(
        password_hash=password_hash,
        session_epoch=F("session_epoch") + 1,
        way_in_lost_at=None,
        updated_at=clock.now(),
    )
    proven_by(partial(_has_password, user.id, password_hash))
    return epoch


async def _has_password(user_id: int, password_hash: str) -> bool:
    """Return True if the row has exactly this hash. Waits until the row is unlocked."""
    return await User.filter(id=user_id, password_hash=password_hash).select_for_update().first() is not None


async def write_login_id(user_id: int, login_id: str) -> None:
    """Give a login id to a member who has none, inside the caller's transaction, on the locked row. Raises
    LoginIdTaken, also for all but one of simultaneous calls, and for the login id of a member who left."""
    spelled = normal_login_id(login_id)
    if await queries.login_id_exists(spelled):
        raise LoginIdTaken
    try:
        await User.filter(id=user_id).update(login_id=spelled, updated_at=clock.now())
    except IntegrityError as error:
        raise LoginIdTaken from error


async def lose_way_in(user_id: int) -> None:
    """Record that the member's last link ended at its provider, inside the caller's transaction, on the locked row.
    Until a password is set, a recovery link may be sent to a proved contact."""
    now = clock.now()
    await User.filter(id=user_id).update(way_in_lost_at=now, updated_at=now)


async def rehash(user_id: int, old_hash: str, new_hash: str) -> bool:
    """Replace the hash of a password by a stronger one of the same password. Sessions stay valid.

    By compare-and-set: returns False and changes nothing if the password was changed in between.
    """

    async def write() -> bool:
        return bool(await User.filter(id=user_id, password_hash=old_hash).update(password_hash=new_hash))

    return bool(old_hash) and await unit_of_work(write)


async def touch_last_sign_in(user_id: int) -> None:
    """Note that the member signed in now."""

    async def write() -> None:
        await User.filter(id=user_id, anonymised_at=None).update(last_sign_in_at=clock.now())

    await unit_of_work(write)
