"""Background tasks: asked for in a transaction, done by one worker at a time, never lost and never done twice."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from src.common import clock
from src.common.exceptions.general import RouteNotFound
from src.common.exceptions.tasks import TaskHasEnded
from src.common.models import BackgroundTask, Job, TaskPriority, TaskStatus
from src.common.models.work_item import WorkStatus
from src.common.records.audit import SYSTEM
from src.common.work import tasks
from src.common.work.tasks import LeaseLost, Running
from src.core.database import unit_of_work
from src.worker.jobs.long_tasks import send_due
from tests.worker.process.test_runner import eventually

pytestmark = pytest.mark.usefixtures("empty")
NAME = "test-task"


@pytest.fixture
async def done() -> AsyncIterator[list[int]]:
    """The steps that tasks of NAME did; each has as many as its payload says."""
    steps: list[int] = []

    async def work(running: Running) -> None:
        start = (running.state or {}).get("step", 0)
        for step in range(start, running.task.payload["steps"]):
            await running.breathe()
            await unit_of_work(partial(one, running, step))
            steps.append(step)
        await unit_of_work(lambda: running.finish({"steps": running.task.payload["steps"]}))

    async def one(running: Running, step: int) -> None:
        await Job.create(name=f"{running.task.public_id}:{step}", lease_until=clock.now(), next_run_at=clock.now())
        if step == running.task.payload.get("breaks_at"):
            raise LookupError("01012345678")
        await running.advance(done=step + 1, total=running.task.payload["steps"], state={"step": step + 1})

    tasks.register(NAME, work)
    yield steps
    tasks.resume()
    del tasks._works[NAME]


async def ask(steps: int = 3, **options: Any) -> BackgroundTask:
    payload = {"steps": steps, **options.pop("payload", {})}
    return await unit_of_work(lambda: tasks.enqueue(NAME, payload, by=SYSTEM, **options))


async def fresh(task: BackgroundTask) -> BackgroundTask:
    return await BackgroundTask.get(id=task.id)


async def take() -> BackgroundTask:
    """The task that a worker takes now."""
    taken = await tasks.take()
    assert taken is not None
    return taken


async def dead(task: BackgroundTask, **changes: Any) -> None:
    """Its worker died, and the lease has ended."""
    await BackgroundTask.filter(id=task.id).update(available_at=clock.now() - timedelta(seconds=1), **changes)


async def test_a_task_is_done_step_by_step_and_says_how_far(done: list[int]) -> None:
    task = await ask()
    assert (task.status, len(task.public_id), task.progress_total) == (TaskStatus.QUEUED, 26, 0)
    assert await send_due() == 1
    assert await send_due() == 0
    row = await fresh(task)
    assert (done, row.status, row.work_status) == ([0, 1, 2], TaskStatus.FINISHED, WorkStatus.DONE)
    assert (row.progress_done, row.progress_total, row.result) == (3, 3, {"steps": 3})
    assert row.started_at is not None
    assert row.finished_at is not None
    assert row.started_at <= row.finished_at


async def test_a_task_belongs_to_a_transaction_and_goes_with_it(done: list[int]) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        await tasks.enqueue(NAME, {}, by=SYSTEM)
    with pytest.raises(KeyError):
        await unit_of_work(lambda: tasks.enqueue("nobody-knows", {}, by=SYSTEM))

    async def refused() -> None:
        await tasks.enqueue(NAME, {}, by=SYSTEM)
        raise LookupError

    with pytest.raises(LookupError):
        await unit_of_work(refused)
    assert await BackgroundTask.all().count() == 0


async def test_the_urgent_come_first_then_the_oldest(done: list[int]) -> None:
    low, first, second, high = [
        await ask(1, priority=one)
        for one in (TaskPriority.LOW, TaskPriority.NORMAL, TaskPriority.NORMAL, TaskPriority.HIGH)
    ]
    order = []
    while await send_due():
        order.append(await BackgroundTask.filter(status=TaskStatus.FINISHED).order_by("-finished_at", "-id").first())
    assert [row.id for row in order if row] == [high.id, first.id, second.id, low.id]


async def test_of_a_lane_one_is_taken_however_many_look(done: list[int]) -> None:
    mine = [await ask(lane="shop") for _ in range(4)]
    other = await ask(lane="other")
    taken = [row for row in await asyncio.gather(*(tasks.take() for _ in range(8))) if row]
    while extra := await tasks.take():
        taken.append(extra)
    assert sorted(row.lane for row in taken) == ["other", "shop"]
    assert other.id in [row.id for row in taken]
    (held,) = [row for row in taken if row.lane == "shop"]

    await dead(held)  # its worker died: nobody goes before it
    again = await take()
    assert again.id == held.id
    await tasks.run(again)
    for row in mine:  # who met the one that was faster looks again a second later
        await BackgroundTask.filter(id=row.id, work_status=WorkStatus.PENDING).update(available_at=clock.now())
    assert await send_due() == 1
    assert await BackgroundTask.filter(status=TaskStatus.FINISHED, id__in=[row.id for row in mine]).count() == 2


async def test_work_of_a_dead_worker_goes_on_behind_its_last_commit(done: list[int]) -> None:
    task = await ask(payload={"breaks_at": 2})
    await send_due()
    assert (done, (await fresh(task)).state, (await fresh(task)).status) == ([0, 1], {"step": 2}, TaskStatus.STARTED)
    await dead(task, payload={"steps": 3})

    assert await send_due() == 1

    assert done == [0, 1, 2]
    assert ((await fresh(task)).status, (await fresh(task)).attempts) == (TaskStatus.FINISHED, 2)
    assert await Job.all().count() == 3


async def test_a_failure_is_tried_five_times_and_says_nothing_of_its_cause(done: list[int]) -> None:
    task = await ask(payload={"breaks_at": 0})
    for _ in range(tasks.MAX_TRIES):
        assert await send_due() == 1
        assert await send_due() == 0  # not at once
        await dead(task)
    row = await fresh(task)
    assert (row.status, row.error_code, row.attempts) == (TaskStatus.FAILED, "INTERNAL_ERROR", 5)
    assert "010" not in f"{row.error_ko} {row.error_en} {row.last_error}"
    assert await send_due() == 0


async def test_a_task_that_kills_its_workers_is_given_up(done: list[int]) -> None:
    task = await ask()
    await dead(task, attempts=tasks.MAX_TRIES)
    assert await send_due() == 1
    assert ((await fresh(task)).status, (await fresh(task)).error_code) == (TaskStatus.FAILED, "TASK_GAVE_UP")
    assert done == []


async def test_an_answer_for_people_ends_the_task_with_its_words() -> None:
    async def work(running: Running) -> None:
        raise RouteNotFound

    tasks.register(NAME, work)
    task = await ask()
    await send_due()
    row = await fresh(task)
    assert (row.status, row.error_code, row.error_ko) == (TaskStatus.FAILED, "NOT_FOUND", "찾을 수 없습니다.")
    assert (row.attempts, row.running_lane) == (1, None)
    del tasks._works[NAME]


async def test_whoever_lost_the_lease_commits_nothing_more(done: list[int]) -> None:
    await ask()
    slow = await take()
    await dead(slow)
    fast = await take()
    assert fast.id == slow.id

    async def late() -> None:
        await Job.create(name="late", lease_until=clock.now(), next_run_at=clock.now())
        await Running(slow).advance(done=1, total=3, state={"step": 1})

    with pytest.raises(LeaseLost):
        await unit_of_work(late)
    assert not await Job.filter(name="late").exists()
    await tasks.run(slow)
    assert done == []
    await tasks.run(fast)
    assert ((await fresh(fast)).status, done) == (TaskStatus.FINISHED, [0, 1, 2])


async def test_the_lease_is_renewed_while_the_work_goes_on(monkeypatch: pytest.MonkeyPatch, done: list[int]) -> None:
    monkeypatch.setattr(tasks, "RENEW_SECONDS", 0.01)
    await ask()
    task = await take()
    await BackgroundTask.filter(id=task.id).update(available_at=clock.now())
    running = Running(task)
    keeping = asyncio.create_task(running.keep())

    async def is_renewed() -> bool:
        return (await fresh(task)).available_at > clock.now() + timedelta(seconds=60)

    await eventually(is_renewed)
    assert not running.must_stop()
    await BackgroundTask.filter(id=task.id).update(lease_token="another")
    await keeping  # ends by itself
    assert running.must_stop()
    with pytest.raises(LeaseLost):
        await running.breathe()


async def test_a_worker_that_ends_gives_its_task_back(done: list[int]) -> None:
    task = await ask()
    taken = await take()
    tasks.stop()
    await tasks.run(taken)
    assert await send_due() == 0
    assert (done, (await fresh(task)).attempts) == ([], 0)
    tasks.resume()
    assert await send_due() == 1
    assert (await fresh(task)).status == TaskStatus.FINISHED


async def test_a_cancelled_worker_gives_its_task_back() -> None:
    began = asyncio.Event()

    async def work(running: Running) -> None:
        began.set()
        await asyncio.Event().wait()

    tasks.register(NAME, work)
    task = await ask()
    working = asyncio.create_task(send_due())
    await began.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    row = await fresh(task)
    assert (row.attempts, row.work_status, row.available_at <= clock.now()) == (0, WorkStatus.PENDING, True)
    del tasks._works[NAME]


async def test_a_waiting_task_is_cancelled_at_once(done: list[int]) -> None:
    task = await ask()
    await unit_of_work(lambda: tasks.cancel(task))
    row = await fresh(task)
    assert (row.status, row.error_code, await send_due(), done) == (TaskStatus.FAILED, "TASK_CANCELLED", 0, [])
    with pytest.raises(TaskHasEnded):
        await unit_of_work(lambda: tasks.cancel(task))


async def test_a_running_task_is_cancelled_at_its_next_step_and_what_it_did_stays(done: list[int]) -> None:
    task = await ask(payload={"breaks_at": 2})
    await send_due()
    await dead(task, payload={"steps": 3})
    taken = await take()
    await unit_of_work(lambda: tasks.cancel(task))
    await unit_of_work(lambda: tasks.cancel(task))  # again changes nothing
    assert (await fresh(task)).status == TaskStatus.STARTED

    await tasks.run(taken)

    row = await fresh(task)
    assert (row.status, row.error_code, row.result) == (TaskStatus.FAILED, "TASK_CANCELLED", {"step": 2})
    assert (done, await Job.all().count(), row.running_lane) == ([0, 1], 2, None)


async def test_tasks_of_a_newer_version_wait_for_it(done: list[int]) -> None:
    task = await ask()
    await BackgroundTask.filter(id=task.id).update(name="of-the-next-release")
    assert await send_due() == 0
    assert (await fresh(task)).status == TaskStatus.QUEUED
