"""Delete old finished work. Pending and DEAD rows are kept."""

from datetime import timedelta
from typing import Any, Final

from src.common import clock
from src.common.models import InboxMessage, JobRun, OutboxEvent
from src.common.models.work_item import WorkStatus
from src.core.configs import settings
from src.core.database import single_statement

BATCH: Final = 1000


async def forget_done() -> int:
    """Delete done events, done messages of vendors and job runs that are older than KEEP_OUTBOX_DAYS, KEEP_INBOX_DAYS
    and KEEP_JOB_RUNS_DAYS, in batches. Returns their number. The job ``forget-done-work``. A repeat, also a concurrent
    one, deletes the remaining rows.

    The row of a done message detects its repeats, so KEEP_INBOX_DAYS is longer than a vendor repeats a message.
    """
    keep, now = settings().jobs, clock.now()
    done = {"work_status": WorkStatus.DONE}
    gone = await _forget(OutboxEvent, done_at__lt=now - timedelta(days=keep.keep_outbox_days), **done)
    gone += await _forget(InboxMessage, done_at__lt=now - timedelta(days=keep.keep_inbox_days), **done)
    return gone + await _forget(JobRun, started_at__lt=now - timedelta(days=keep.keep_job_runs_days))


async def _forget(model: Any, **over: Any) -> int:
    """Delete by id, oldest first: of two simultaneous runs the second waits and finds nothing."""
    gone, last = 0, 0
    while ids := await model.filter(id__gt=last, **over).order_by("id").limit(BATCH).values_list("id", flat=True):
        batch, last = model.filter(id__in=list(ids)), ids[-1]
        gone += await single_statement(batch.delete, is_harmless=True)
    return gone
