"""Jobs that one process at a time may run: leases and scheduled slots in database rows."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from src.common import clock
from src.common.models import Job
from src.common.work.jobs import JobSpec
from src.worker.jobs import leases
from src.worker.jobs.leases import LEASE, JobLease, next_slot
from src.worker.jobs.schedule import specs

pytestmark = pytest.mark.usefixtures("empty")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def nothing() -> int:
    return 0


def spec(*, every: float = 60.0, work: Callable[[], Awaitable[int]] = nothing, daily: time | None = None) -> JobSpec:
    return JobSpec(name="test-job", work=work, every=every, daily=daily, single=True, ko="시험", en="Test")


async def take(at: datetime, *, every: float = 60.0, at_once: bool = False) -> JobLease | None:
    with clock.as_of(at):
        return await leases.take(spec(every=every), at_once=at_once)


async def is_due(at: datetime) -> bool:
    with clock.as_of(at):
        return await leases.due({"test-job": spec()}) == ["test-job"]


async def known(at: datetime = NOON) -> None:
    """The row is there, and the job is due."""
    await Job.create(name="test-job", lease_until=at, next_run_at=at)


async def test_unknown_job_gets_its_row_and_is_due_at_once() -> None:
    assert await is_due(NOON)
    row = await Job.get()
    assert (row.name, row.holder, row.lease_until, row.next_run_at) == ("test-job", "", NOON, NOON)


async def test_row_is_made_once_by_processes_that_start_together() -> None:
    assert await asyncio.gather(*(is_due(NOON) for _ in range(8))) == [True] * 8
    assert await Job.all().count() == 1


async def test_of_several_schedulers_one_gets_the_slot() -> None:
    await known()
    leases_taken = [lease for lease in await asyncio.gather(*(take(NOON) for _ in range(10))) if lease]
    row = await Job.get()
    assert [lease.holder for lease in leases_taken] == [row.holder]
    assert (row.lease_until, row.next_run_at) == (NOON + timedelta(seconds=30), next_slot(spec(), NOON))
    assert not await is_due(NOON)


async def test_job_is_not_due_again_before_its_next_slot_though_it_was_given_back() -> None:
    await known()
    lease = await take(NOON)
    assert lease
    with clock.as_of(NOON + timedelta(seconds=1)):
        await leases.end(lease, done=3, error="")
    row = await Job.get()
    assert (row.holder, row.last_done, row.last_finished_at) == ("", 3, NOON + timedelta(seconds=1))
    slot = next_slot(spec(), NOON)
    assert await take(slot - timedelta(microseconds=1)) is None
    assert await take(slot)


async def test_turn_of_a_process_that_died_is_due_when_its_lease_ends() -> None:
    """Even of a job whose next slot is an hour away: this one was never finished."""
    await known()
    assert await take(NOON, every=3600)
    assert await take(NOON + timedelta(seconds=29), every=3600) is None
    assert await take(NOON + timedelta(seconds=30), every=3600)


async def test_renewed_turn_keeps_others_away() -> None:
    await known()
    lease = await take(NOON)
    assert lease
    await Job.all().update(next_run_at=NOON)
    with clock.as_of(NOON + timedelta(seconds=20)):
        await leases.renew(lease)
    assert await take(NOON + timedelta(seconds=49)) is None
    assert await take(NOON + timedelta(seconds=50))


async def test_turn_begins_once_however_often_its_message_comes() -> None:
    await known()
    sent = await take(NOON)
    assert sent
    begun = await asyncio.gather(*(leases.begin(sent) for _ in range(5)))
    assert sorted(each is not None for each in begun) == [False] * 4 + [True]


async def test_process_that_lost_its_turn_neither_renews_nor_ends_it() -> None:
    await known()
    lost = await take(NOON)
    other = await take(NOON + LEASE)
    assert lost
    assert other
    with clock.as_of(NOON + LEASE + timedelta(seconds=1)):
        assert await leases.begin(lost) is None
        await leases.renew(lost)
        await leases.end(lost, done=9, error="")
    row = await Job.get()
    assert (row.holder, row.lease_until, row.last_done) == (other.holder, NOON + 2 * LEASE, 0)


async def test_overdue_job_is_due_once_however_many_slots_passed() -> None:
    await known(NOON - timedelta(days=3))
    lease = await take(NOON)
    assert lease
    with clock.as_of(NOON):
        await leases.end(lease, done=0, error="")
    assert await take(NOON) is None


async def test_clock_that_was_set_back_stops_no_job() -> None:
    """What was written before the jump lies ahead: a slot further away than any can be, a lease longer than any is."""
    await known()
    lease = await take(NOON + timedelta(days=2))
    assert lease
    assert await is_due(NOON)
    assert await take(NOON)


async def test_clocks_of_two_machines_that_differ_a_little_run_no_slot_twice() -> None:
    await known()
    slot = next_slot(spec(), NOON)
    lease = await take(slot)
    assert lease
    with clock.as_of(slot):
        await leases.end(lease, done=0, error="")
    assert await take(slot - timedelta(milliseconds=500)) is None, "the other machine's clock is behind"


async def test_by_hand_a_job_need_not_be_due_but_free() -> None:
    await known(NOON + timedelta(seconds=30))
    assert await take(NOON, at_once=True)
    assert await take(NOON + timedelta(seconds=1), at_once=True) is None


def test_lease_lasts_at_most_thirty_seconds() -> None:
    assert timedelta(seconds=30) >= LEASE


def test_slots_are_a_raster_that_does_not_move_with_the_runs() -> None:
    first = next_slot(spec(), NOON)
    assert NOON < first <= NOON + timedelta(seconds=60)
    assert next_slot(spec(), first - timedelta(microseconds=1)) == first
    assert next_slot(spec(), first) == first + timedelta(seconds=60)


def test_daily_slot_is_a_time_of_day_in_korea() -> None:
    nightly = spec(daily=time(4, 10))
    assert next_slot(nightly, NOON) == datetime(2026, 11, 20, 19, 10, tzinfo=UTC)
    assert next_slot(nightly, datetime(2026, 11, 20, 19, 10, tzinfo=UTC)) == datetime(2026, 11, 21, 19, 10, tzinfo=UTC)


def test_jobs_say_in_both_languages_what_they_do_and_where_they_run() -> None:
    jobs = specs().values()
    assert all(job.ko and job.en for job in jobs)
    assert len({job.name for job in jobs}) == len({job.ko for job in jobs}) == len(specs())
    local = {"refresh-policies", "refresh-payment-channels", "flush-views", "note-searches", "count-products"}
    assert {job.name for job in jobs if job.local} == local
    assert not any(job.single and job.local for job in jobs)
    assert all(0 < job.every <= 86_400 for job in jobs)
    assert specs()["expire-orders"].every <= 60
