"""Forget work that was done long ago. What waits, and what was set aside for a person, stays."""

from datetime import timedelta
from typing import Final

from src.common.models import InboxMessage, JobRun, OutboxEvent
from src.common.models.work_item import WorkItem, WorkStatus
from src.common.utils import clock

KEPT: Final = timedelta(days=30)
"""Long after the last repeat of a webhook (PortOne gives up within days), so that none is taken for a new one."""

KEPT_RUNS: Final = timedelta(days=90)
BATCH: Final = 1000

WORK: Final[tuple[type[WorkItem], ...]] = (OutboxEvent, InboxMessage)


async def forget_done() -> int:
    """Delete done rows and old runs in batches; returns how many. The job ``forget-done-work``. Safe twice."""
    gone = 0
    for model in WORK:
        done = model.filter(work_status=WorkStatus.DONE, done_at__lt=clock.now() - KEPT)
        while ids := await done.order_by("id").limit(BATCH).values_list("id", flat=True):
            gone += await model.filter(id__in=list(ids)).delete()
    old = JobRun.filter(started_at__lt=clock.now() - KEPT_RUNS)
    while ids := await old.order_by("id").limit(BATCH).values_list("id", flat=True):
        gone += await JobRun.filter(id__in=list(ids)).delete()
    return gone
