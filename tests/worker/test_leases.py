"""Jobs that one process at a time may run: leases in database rows, run history, the list of jobs."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from src.app.product.models import Variant
from src.common.models import Job, JobRun, OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.utils import clock
from src.worker import jobs
from src.worker.jobs import JobSpec, give_lease_back, renew_lease, run_job, run_once, specs, take_lease
from tests.factories.catalogue import make_variant

pytestmark = pytest.mark.usefixtures("empty")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def nothing() -> int:
    return 0


def spec(*, every: float = 60.0, single: bool = True) -> JobSpec:
    return JobSpec(name="test-job", work=nothing, every=every, single=single)


async def take(at: datetime) -> bool:
    with clock.as_of(at):
        return await take_lease(spec())


async def known(at: datetime = NOON) -> None:
    """The row is there, and the job is due."""
    await Job.create(name="test-job", lease_until=at, next_run_at=at)


async def test_unknown_job_gets_its_row_and_is_due_at_once() -> None:
    assert not await take(NOON)
    row = await Job.get()
    assert (row.name, row.holder, row.lease_until, row.next_run_at) == ("test-job", "", NOON, NOON)
    assert await take(NOON)


async def test_row_is_made_once_by_processes_that_start_together() -> None:
    await asyncio.gather(*(take(NOON) for _ in range(8)))
    assert await Job.all().count() == 1


async def test_of_several_processes_one_gets_the_lease() -> None:
    await known()
    assert sorted(await asyncio.gather(*(take(NOON) for _ in range(10)))) == [False] * 9 + [True]
    row = await Job.get()
    assert (row.holder, row.lease_until, row.next_run_at) == (
        jobs.HOLDER,
        NOON + timedelta(seconds=30),
        NOON + timedelta(seconds=60),
    )


async def test_job_is_not_due_again_before_its_pause_is_over_though_it_was_given_back() -> None:
    await known()
    assert await take(NOON)
    with clock.as_of(NOON + timedelta(seconds=1)):
        await give_lease_back(spec())
    assert (await Job.get()).holder == ""
    assert not await take(NOON + timedelta(seconds=59))
    assert await take(NOON + timedelta(seconds=60))


async def test_lease_of_a_process_that_died_is_taken_over_when_it_ends() -> None:
    await known()
    await Job.all().update(holder="dead", lease_until=NOON + timedelta(seconds=30), next_run_at=NOON)
    assert not await take(NOON + timedelta(seconds=29))
    assert await take(NOON + timedelta(seconds=30))
    assert (await Job.get()).holder == jobs.HOLDER


async def test_renewed_lease_keeps_others_away() -> None:
    await known()
    await take(NOON)
    await Job.all().update(next_run_at=NOON)
    with clock.as_of(NOON + timedelta(seconds=20)):
        await renew_lease(spec())
    assert not await take(NOON + timedelta(seconds=49))
    assert await take(NOON + timedelta(seconds=50))


async def test_process_that_lost_the_lease_neither_renews_nor_gives_it_back() -> None:
    await known()
    until = NOON + timedelta(seconds=30)
    await Job.all().update(holder="another", lease_until=until)
    with clock.as_of(NOON + timedelta(seconds=1)):
        await renew_lease(spec())
        await give_lease_back(spec())
    row = await Job.get()
    assert (row.holder, row.lease_until) == ("another", until)


async def test_overdue_job_is_due_at_once_however_long_nobody_ran_it() -> None:
    await known(NOON - timedelta(days=3))
    assert await take(NOON)
    assert not await take(NOON + timedelta(seconds=30))


async def test_lease_lasts_at_most_thirty_seconds() -> None:
    assert timedelta(seconds=30) >= jobs.LEASE


def test_jobs_are_those_of_this_shop_and_the_ones_without_rows_of_work_run_alone() -> None:
    assert {name: job.single for name, job in specs().items()} == {
        "process-inbox": False,
        "note-searches": False,
        "store-search-terms": True,
        "index-products": True,
        "send-refunds": False,
        "relay-outbox": False,
        "reread-payments": False,
        "refresh-policies": False,
        "flush-views": False,
        "settle-prices": True,
        "expire-orders": True,
        "finish-withdrawals": True,
        "separate-orders": True,
        "separate-payments": True,
        "purge-legal-records": True,
        "purge-payment-records": True,
        "send-restock-alerts": False,
        "forget-restock-alerts": True,
        "forget-spent-codes": True,
        "forget-idempotency-keys": True,
        "sweep-orphan-images": True,
        "check-invariants": True,
    }
    assert all(0 < job.every <= 21_600 for job in specs().values())
    assert specs()["expire-orders"].every <= 60


async def test_run_by_hand_works_everything_off_and_is_written_down() -> None:
    for number in range(45):
        await OutboxEvent.create(
            topic="nobody.cares", aggregate=f"a:{number}", payload={}, available_at=NOON, created_at=NOON
        )
    assert await run_job("relay-outbox") == 45
    assert await OutboxEvent.filter(work_status=WorkStatus.DONE).count() == 45
    run = await JobRun.get()
    assert (run.job_name, run.done, run.error) == ("relay-outbox", 45, "")
    assert run.started_at <= run.finished_at


async def test_unknown_job_by_hand_is_an_error() -> None:
    with pytest.raises(KeyError):
        await run_job("no-such-job")
    assert await JobRun.all().count() == 0


async def test_failing_run_is_written_down_and_breaks_nothing() -> None:
    async def fail() -> int:
        raise LookupError("01012345678")

    assert await run_once(JobSpec(name="test-job", work=fail, every=1, single=True)) == 0
    run = await JobRun.get()
    assert (run.job_name, run.done, run.error) == ("test-job", 0, "LookupError")


async def test_run_that_found_nothing_leaves_no_row() -> None:
    assert await run_once(spec()) == 0
    assert await JobRun.all().count() == 0


async def test_invariants_name_a_stock_that_differs_from_its_ledger(caplog: pytest.LogCaptureFixture) -> None:
    variant, _ = await make_variant(stock=10), await make_variant(stock=5)
    assert await run_job("check-invariants") == 0
    await Variant.filter(id=variant.id).update(stock=11)

    assert await run_job("check-invariants") == 1

    alarms = [record.getMessage() for record in caplog.records if record.levelname == "CRITICAL"]
    assert alarms == [f"stock of variant {variant.id} is 11, its ledger says 10"]
