"""Personal data of the back-office domain: notes of staff, which only staff see."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from src.app.backoffice.models import UserMemo
from src.common.records.retention import Rule, batches
from src.core.database import unit_of_work


async def export(_member_id: int) -> Mapping[str, Any]:
    """Export nothing: a note is the shop's own record of its work."""
    return {}


async def erase(member_id: int) -> int:
    """Delete the notes about the member; returns how many. A repeat finds none."""
    return await unit_of_work(lambda: UserMemo.filter(user_id=member_id).delete())


async def _delete(ids: Sequence[int], before: datetime) -> int:
    return await unit_of_work(lambda: UserMemo.filter(id__in=ids, created_at__lte=before).delete())


RULES: Final = (
    Rule(
        retention="dispute",
        table="user_memo",
        subject="회원 상담 메모 / Notes of staff about members",
        find=lambda before: batches(UserMemo.filter(created_at__lte=before)),
        erase=_delete,
    ),
)
