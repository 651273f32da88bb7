"""What the notification domain holds of a member: the log of messages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from src.app.notification.models import Message, MessageStatus
from src.app.notification.services.delivery.forgetting import NOTHING
from src.common.clock import korean
from src.common.models.work_item import WorkStatus
from src.common.records.retention import Rule, batches
from src.core.database import unit_of_work


async def export(member_id: int) -> Mapping[str, Any]:
    """The messages that the member was sent, without their texts, oldest first."""
    rows = await Message.filter(member_id=member_id).order_by("id")
    messages = [
        {
            "template": row.template,
            "way": row.way.value,
            "status": row.status.value,
            "order_no": row.order_no or None,
            "created_at": korean(row.created_at),
        }
        for row in rows
    ]
    return {"messages": messages}


async def erase(member_id: int) -> int:
    """Withhold messages that were not sent yet, and empty addresses and texts of all; returns how many rows there
    are. A repeat changes nothing."""

    async def write() -> int:
        mine = Message.filter(member_id=member_id)
        waiting = mine.filter(work_status=WorkStatus.PENDING, status=MessageStatus.QUEUED)
        await waiting.update(status=MessageStatus.WITHHELD, work_status=WorkStatus.DONE, last_error="left the shop")
        return await mine.update(**NOTHING)

    return await unit_of_work(write)


async def _delete(ids: Sequence[int], before: datetime) -> int:
    due = Message.filter(id__in=ids, is_ad=True, created_at__lte=before).exclude(work_status=WorkStatus.PENDING)
    return await unit_of_work(due.delete)


RULES: Final = (
    Rule(
        retention="advertisement",
        table="message",
        subject="발송된 광고 메시지 / Advertising messages that were sent",
        find=lambda before: batches(
            Message.filter(is_ad=True, created_at__lte=before).exclude(work_status=WorkStatus.PENDING)
        ),
        erase=_delete,
    ),
)
