"""Addresses and texts are not kept longer than needed; the fact of sending a while longer."""

from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import Q

from src.app.notification.models import Message
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.core.database import single_statement

BATCH: Final = 500
# Complaints and disputes: 3 years (전자상거래법 시행령 제6조제1항제4호). By then a row says only that something was
# sent.
ROWS_KEPT: Final = timedelta(days=3 * 366)
# What could not be sent for so long is not news any more.
STALE: Final = timedelta(days=7)
NOTHING: Final = {"content": "", "recipient_hash": ""}


async def forget_old() -> int:
    """Empty addresses and texts whose time is over and delete rows older than three years; returns how many. The job
    ``forget-messages``. In short transactions; safe to run twice."""
    now = clock.now()
    held = ~Q(content="") | ~Q(recipient_hash="")
    over = Message.filter(
        held, Q(forget_at__lte=now) & (~Q(work_status=WorkStatus.PENDING) | Q(created_at__lte=now - STALE))
    )
    total = 0
    while ids := [row_id for (row_id,) in await over.order_by("id").limit(BATCH).values_list("id")]:
        total += await _forget(ids)
    while ids := await _ids_before(now - ROWS_KEPT):
        total += await _delete(ids)
    return total


async def _forget(ids: list[int]) -> int:
    return await single_statement(lambda: Message.filter(id__in=ids).update(**NOTHING), is_harmless=True)


async def _delete(ids: list[int]) -> int:
    return await single_statement(lambda: Message.filter(id__in=ids).delete(), is_harmless=True)


async def _ids_before(moment: datetime) -> list[int]:
    found = Message.filter(created_at__lt=moment).order_by("id").limit(BATCH)
    return [row_id for (row_id,) in await found.values_list("id")]
