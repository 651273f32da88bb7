"""Session epoch: raising this number in a member's row ends all earlier sessions."""

from tortoise.expressions import F

from src.app.user.models import User
from src.common import clock
from src.core.database import unit_of_work


async def raise_epoch(user_id: int) -> int:
    """Add one in a transaction of its own and return the new number, 0 if the member no longer exists."""

    async def write() -> int:
        await User.filter(id=user_id).update(session_epoch=F("session_epoch") + 1, updated_at=clock.now())
        epochs: list[int] = await User.filter(id=user_id).values_list("session_epoch", flat=True)  # type: ignore[assignment]
        return epochs[0] if epochs else 0

    return await unit_of_work(write)
