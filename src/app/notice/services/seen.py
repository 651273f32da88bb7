"""Count the notices that are new to a member."""

from datetime import timedelta
from typing import Final

from src.app.notice.models import NoticesSeen
from src.app.notice.services.notices import visible
from src.app.user.services.locks import lock_member
from src.common import clock
from src.common.identity import Identity
from src.core.database import unit_of_work

NEW_FOR: Final = timedelta(days=30)  # older notices never count as new


async def look(by: Identity) -> None:
    """Record that the member opened the list of notices now. Locks the member's row."""

    async def write() -> None:
        member = await lock_member(by.member_id)
        seen = NoticesSeen(user_id=member.id, seen_at=clock.now())
        if await NoticesSeen.filter(user_id=member.id).exists():
            await NoticesSeen.filter(user_id=member.id).update(seen_at=seen.seen_at)
        else:
            await seen.save(force_create=True)

    await unit_of_work(write)


async def unread(user_id: int) -> int:
    """Count the notices of the last NEW_FOR that were published after the member last opened the list. Two queries."""
    since = clock.now() - NEW_FOR
    for (seen_at,) in await NoticesSeen.filter(user_id=user_id).values_list("seen_at"):
        since = max(since, seen_at)
    return await visible().filter(published_at__gt=since).count()
