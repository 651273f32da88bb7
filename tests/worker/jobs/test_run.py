"""What becomes of a run: by hand, by its lease, asked for by staff."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from src.app.product.models import Variant
from src.common import clock
from src.common.models import Job, JobRun, OutboxEvent
from src.common.models.job import Trigger
from src.common.models.work_item import WorkStatus
from src.common.work.jobs import JobSpec, ask_for, register_jobs
from src.core.database import unit_of_work
from src.worker.jobs import leases
from src.worker.jobs.due import send_due
from src.worker.jobs.run import run_job, run_leased
from src.worker.jobs.schedule import specs
from src.worker.transport.local import INLINE, InProcess
from tests.factories.catalogue import make_variant

pytestmark = pytest.mark.usefixtures("empty")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Bench:
    """A job for the test alone: what it does, and how often it did."""

    def __init__(self) -> None:
        self.runs = 0
        self.at_once = 0
        self.most = 0
        self.error: Exception | None = None
        self.done = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def work(self) -> int:
        self.runs += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            await self.gate.wait()
        finally:
            self.at_once -= 1
        if self.error:
            raise self.error
        return self.done

    def spec(self) -> JobSpec:
        return JobSpec(name="test-job", work=self.work, every=3600.0, single=True, ko="시험", en="Test")


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    register_jobs(lambda: {"test-job": made.spec()})
    yield made
    register_jobs(specs)


async def test_run_by_hand_works_everything_off_and_is_written_down() -> None:
    for number in range(450):
        await OutboxEvent.create(
            topic="nobody.cares", aggregate=f"a:{number}", payload={}, available_at=NOON, created_at=NOON
        )
    assert await run_job("relay-outbox") == 450
    assert await OutboxEvent.filter(work_status=WorkStatus.DONE).count() == 450
    run = await JobRun.get()
    assert (run.job_name, run.done, run.error, run.trigger, run.asked_by) == (
        "relay-outbox",
        450,
        "",
        Trigger.MANUAL,
        "cli",
    )
    assert run.started_at <= run.finished_at


async def test_unknown_job_by_hand_is_an_error() -> None:
    with pytest.raises(KeyError):
        await run_job("no-such-job")
    assert await JobRun.all().count() == 0


async def test_failing_run_is_written_down_and_its_turn_given_back(bench: Bench) -> None:
    bench.error = LookupError("01012345678")
    assert await send_due(INLINE) == 1
    run, job = await JobRun.get(), await Job.get()
    assert (run.job_name, run.done, run.error, run.trigger) == ("test-job", 0, "LookupError", Trigger.SCHEDULE)
    assert (job.holder, job.last_error) == ("", "LookupError")
    assert job.last_finished_at


async def test_failure_by_hand_is_raised_and_written_down(bench: Bench) -> None:
    bench.error = LookupError()
    with pytest.raises(LookupError):
        await run_job("test-job")
    assert ((await JobRun.get()).error, (await Job.get()).holder) == ("LookupError", "")


async def test_run_that_found_nothing_leaves_no_row_but_is_remembered(bench: Bench) -> None:
    assert await send_due(INLINE) == 1
    assert await JobRun.all().count() == 0
    job = await Job.get()
    assert (job.last_done, job.last_error, job.last_started_at is None) == (0, "", False)


async def test_schedulers_that_look_together_run_each_slot_once(bench: Bench) -> None:
    assert sum(await asyncio.gather(*(send_due(INLINE) for _ in range(6)))) == 1
    assert bench.runs == 1


async def test_two_turns_of_one_job_never_run_together(bench: Bench) -> None:
    bench.gate.clear()
    inside = InProcess()
    assert await send_due(inside) == 1
    await asyncio.sleep(0.05)
    await Job.all().update(next_run_at=NOON)  # its next slot came while it still runs
    assert await send_due(inside) == 0
    bench.gate.set()
    await inside.stop(10)
    assert await send_due(inside) == 1
    await inside.stop(10)
    assert (bench.runs, bench.most) == (2, 1)


async def test_turn_that_is_delivered_twice_runs_once(bench: Bench) -> None:
    await leases.due({"test-job": bench.spec()})
    lease = await leases.take(bench.spec())
    assert lease
    assert [outcome is not None for outcome in await asyncio.gather(run_leased(lease), run_leased(lease))].count(
        True
    ) == 1
    assert bench.runs == 1


async def test_job_that_staff_ask_for_runs_before_its_slot_and_names_them(bench: Bench) -> None:
    assert await send_due(INLINE) == 1
    assert await send_due(INLINE) == 0
    assert await unit_of_work(lambda: ask_for(bench.spec(), by="staff:7"))
    assert not await unit_of_work(lambda: ask_for(bench.spec(), by="staff:8")), "one run answers both"
    assert await send_due(INLINE) == 1
    run, job = await JobRun.get(), await Job.get()
    assert (bench.runs, run.asked_by, run.trigger, job.asked_by) == (2, "staff:7", Trigger.MANUAL, "")


async def test_who_asks_while_the_job_runs_gets_a_run_of_their_own(bench: Bench) -> None:
    bench.gate.clear()
    inside = InProcess()
    assert await send_due(inside) == 1
    while not bench.runs:  # noqa: ASYNC110 - the job tells nobody
        await asyncio.sleep(0.01)
    assert await unit_of_work(lambda: ask_for(bench.spec(), by="staff:7"))
    assert await send_due(inside) == 0, "it still runs"
    bench.gate.set()
    await inside.stop(10)
    assert await send_due(INLINE) == 1
    assert (bench.runs, bench.most, (await JobRun.get()).asked_by, (await Job.get()).asked_by) == (2, 1, "staff:7", "")


async def test_by_hand_and_by_schedule_never_run_together(bench: Bench) -> None:
    bench.gate.clear()
    by_hand = asyncio.create_task(run_job("test-job"))
    while not bench.runs:  # noqa: ASYNC110 - the job tells nobody
        await asyncio.sleep(0.01)
    await Job.all().update(next_run_at=clock.now())
    assert await send_due(INLINE) == 0
    bench.gate.set()
    assert await by_hand == 0


async def test_invariants_name_a_stock_that_differs_from_its_ledger(caplog: pytest.LogCaptureFixture) -> None:
    variant, _ = await make_variant(stock=10), await make_variant(stock=5)
    assert await run_job("check-invariants") == 0
    await Variant.filter(id=variant.id).update(stock=11)

    assert await run_job("check-invariants") == 1

    alarms = [record.getMessage() for record in caplog.records if record.levelname == "CRITICAL"]
    assert alarms == [f"promise P1 is broken by variant:{variant.id}: stock 11, ledger 10"]
