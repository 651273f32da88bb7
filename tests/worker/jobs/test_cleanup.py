"""What was done long ago goes by its own time; what waits for a person, or is not done, stays."""

import asyncio
import dataclasses
from datetime import datetime, timedelta

import pytest

from src.common import clock
from src.common.models import InboxMessage, JobRun, OutboxEvent
from src.common.models.work_item import WorkStatus
from src.core.configs import Settings, use
from src.core.configs.job_groups import JobSettings
from src.worker.jobs import cleanup
from src.worker.jobs import run as running

pytestmark = [pytest.mark.usefixtures("empty"), pytest.mark.fault("A18")]


async def event(name: str, *, done_at: datetime | None, status: WorkStatus = WorkStatus.DONE) -> None:
    now = clock.now()
    await OutboxEvent.create(
        topic=name, aggregate="x", payload={}, work_status=status, done_at=done_at, available_at=now, created_at=now
    )


async def message(name: str, *, done_at: datetime | None, status: WorkStatus = WorkStatus.DONE) -> None:
    now = clock.now()
    await InboxMessage.create(
        source="portone",
        message_id=name,
        body="{}",
        work_status=status,
        done_at=done_at,
        available_at=now,
        received_at=now,
    )


async def run(name: str, *, started_at: datetime) -> None:
    await JobRun.create(job_name=name, started_at=started_at, finished_at=started_at, done=1)


async def names() -> tuple[list[str], list[str], list[str]]:
    """What is left of each table."""
    events = [row.topic for row in await OutboxEvent.all().order_by("topic")]
    messages = [row.message_id for row in await InboxMessage.all().order_by("message_id")]
    runs = [row.job_name for row in await JobRun.exclude(job_name="forget-done-work").order_by("job_name")]
    return events, messages, runs


async def test_each_is_kept_for_its_own_setting(shop_settings: Settings) -> None:
    now, day = clock.now(), timedelta(days=1)
    for age in (1, 3, 8, 20):
        await event(f"{age:02}", done_at=now - age * day)
        await message(f"{age:02}", done_at=now - age * day)
        await run(f"{age:02}", started_at=now - age * day)
    await event("dead", done_at=now - 400 * day, status=WorkStatus.DEAD)
    await event("waits", done_at=None, status=WorkStatus.PENDING)
    await message("dead", done_at=now - 400 * day, status=WorkStatus.DEAD)
    await message("waits", done_at=None, status=WorkStatus.PENDING)
    kept = JobSettings(keep_outbox_days=2, keep_inbox_days=7, keep_job_runs_days=10)

    with use(dataclasses.replace(shop_settings, jobs=kept)):
        assert await running.run_job("forget-done-work") == 3 + 2 + 1

    assert await names() == (["01", "dead", "waits"], ["01", "03", "dead", "waits"], ["01", "03", "08"])


async def test_two_at_once_forget_more_than_a_batch_once(shop_settings: Settings) -> None:
    now = clock.now()
    old = [
        OutboxEvent(
            topic="old",
            aggregate="x",
            payload={},
            work_status=WorkStatus.DONE,
            done_at=now - timedelta(days=3),
            available_at=now,
            created_at=now,
        )
        for _ in range(cleanup.BATCH + 20)
    ]
    await OutboxEvent.bulk_create(old)
    with use(dataclasses.replace(shop_settings, jobs=JobSettings(keep_outbox_days=2))):
        gone = await asyncio.gather(cleanup.forget_done(), cleanup.forget_done())
    assert sum(gone) == len(old)
    assert await OutboxEvent.all().count() == 0


def test_the_inbox_is_never_kept_for_less_than_vendors_repeat() -> None:
    with pytest.raises(ValueError, match="greater than or equal to 7"):
        JobSettings(keep_inbox_days=6)
