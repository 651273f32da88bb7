"""Long tasks on their way from the table to whoever does them."""

import asyncio
from collections.abc import Iterator

import pytest

from src.common.models import BackgroundTask, TaskPriority, TaskStatus
from src.common.records.audit import SYSTEM
from src.common.work import tasks
from src.common.work.jobs import Priority
from src.common.work.tasks import Running
from src.core.database import unit_of_work
from src.worker.jobs.long_tasks import run_sent, send_due
from src.worker.transport.base import Work
from src.worker.transport.local import InProcess

pytestmark = pytest.mark.usefixtures("empty")
NAME = "test-task"


class Done:
    """What the tasks of a test did, in their order; they wait for the gate."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def work(self, running: Running) -> None:
        await self.gate.wait()
        self.ids.append(running.task.id)
        await unit_of_work(lambda: running.finish({}))


@pytest.fixture
def done() -> Iterator[Done]:
    made = Done()
    tasks.register(NAME, made.work)
    yield made
    del tasks._works[NAME]


async def enqueue(priority: TaskPriority = TaskPriority.NORMAL) -> BackgroundTask:
    return await unit_of_work(lambda: tasks.enqueue(NAME, {}, by=SYSTEM, priority=priority))


class Kept:
    """A transport that keeps what it is given, and has no room for one priority."""

    def __init__(self, full: Priority | None = None) -> None:
        self.sent: list[Work] = []
        self._full = full

    async def send(self, work: Work) -> None:
        self.sent.append(work)

    def has_room(self, priority: Priority) -> bool:
        return priority != self._full


async def test_the_most_urgent_task_goes_first_on_the_lane_of_its_priority(done: Done) -> None:
    low, high = await enqueue(TaskPriority.LOW), await enqueue(TaskPriority.HIGH)
    kept = Kept()
    assert [await send_due(transport=kept) for _ in range(3)] == [1, 1, 0]
    assert [(work.payload["id"], work.priority) for work in kept.sent] == [(high.id, "high"), (low.id, "low")]


async def test_a_full_lane_holds_up_no_other(done: Done) -> None:
    await enqueue(TaskPriority.HIGH)
    low = await enqueue(TaskPriority.LOW)
    kept = Kept(full="high")
    assert [await send_due(transport=kept) for _ in range(2)] == [1, 0]
    assert kept.sent[0].payload["id"] == low.id


async def test_a_task_that_is_brought_twice_is_done_once(done: Done) -> None:
    task = await enqueue()
    kept = Kept()
    await send_due(transport=kept)
    done.gate.clear()
    both = asyncio.gather(run_sent(kept.sent[0].payload), run_sent(kept.sent[0].payload))
    await asyncio.sleep(0.05)
    done.gate.set()
    await both
    await run_sent(kept.sent[0].payload)
    assert done.ids == [task.id]
    row = await BackgroundTask.get()
    assert (row.status, row.attempts) == (TaskStatus.FINISHED, 1)


async def test_tasks_of_one_process_run_beside_each_other_by_their_lanes(done: Done) -> None:
    done.gate.clear()
    inside = InProcess()
    for _ in range(3):
        await enqueue(TaskPriority.LOW)
    await enqueue(TaskPriority.HIGH)
    sent = 0
    while await send_due(transport=inside):
        sent += 1
    assert sent == 3, "the lane of low priority has two places, the third task waits"
    done.gate.set()
    await inside.stop(10)
    assert await send_due(transport=inside) == 1
    await inside.stop(10)
    assert len(done.ids) == 4
