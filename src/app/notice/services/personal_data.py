"""A member's data in the notice domain: when they last opened the list of notices."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from src.app.notice.models import NoticesSeen
from src.common.clock import korean
from src.common.records.retention import Rule
from src.core.database import unit_of_work

RULES: Final[Sequence[Rule]] = ()


async def export(member_id: int) -> Mapping[str, Any]:
    """Return when the member last opened the list of notices, if ever."""
    seen = NoticesSeen.filter(user_id=member_id).values_list("seen_at")
    return {"notices_seen": [korean(seen_at) for (seen_at,) in await seen]}


async def erase(member_id: int) -> int:
    """Delete the member's row; return the number of rows deleted. A repeat deletes none."""
    return await unit_of_work(lambda: NoticesSeen.filter(user_id=member_id).delete())
