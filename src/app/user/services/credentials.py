"""What sign-in writes into a member's row. Hashes are made by auth; this domain never sees a password."""

from tortoise.expressions import F

from src.app.user.models import User
from src.app.user.services.locks import lock_member
from src.common.utils import clock
from src.core.database import unit_of_work


async def set_password(user_id: int, password_hash: str) -> int:
    """Write another password's hash and end all sessions of the row, in one transaction; returns the new epoch."""
    return await unit_of_work(lambda: write_password(user_id, password_hash))


async def write_password(user_id: int, password_hash: str) -> int:
    """As `set_password`, inside the caller's transaction. Locks the member's row. Raises InvalidToken."""
    user = await lock_member(user_id)
    epoch = user.session_epoch + 1
    await User.filter(id=user.id).update(
        password_hash=password_hash, session_epoch=F("session_epoch") + 1, updated_at=clock.now()
    )
    return epoch


async def rehash(user_id: int, old_hash: str, new_hash: str) -> bool:
    """Swap the hash of one password for a stronger one of the same password. Sessions live on.

    A compare-and-set: False, and nothing changes, when the password was changed meanwhile.
    """

    async def write() -> bool:
        return bool(await User.filter(id=user_id, password_hash=old_hash).update(password_hash=new_hash))

    return bool(old_hash) and await unit_of_work(write)


async def touch_last_sign_in(user_id: int) -> None:
    """Note that the member signed in now."""

    async def write() -> None:
        await User.filter(id=user_id, anonymised_at=None).update(last_sign_in_at=clock.now())

    await unit_of_work(write)
