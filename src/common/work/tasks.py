"""Long work outside requests: requested in a transaction, done by one worker at a time, resumed if that worker dies.

`enqueue` writes a row of `BackgroundTask` in the transaction of the request. The job ``run-tasks`` of any worker takes
the row and passes it to a process that calls `run`, which calls the function registered under the task's name with a
`Running`. The work is done in steps; each step is a transaction that also stores its progress (`Running.advance`), so
that a worker that takes the task over continues from there.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Final

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from src.common import clock
from src.common.exceptions import AppError
from src.common.exceptions.general import InternalError
from src.common.exceptions.tasks import TaskCancelled, TaskGaveUp, TaskHasEnded
from src.common.ids import new_ulid
from src.common.logs.setup import where
from src.common.models.background_task import BackgroundTask, TaskPriority, TaskStatus
from src.common.models.work_item import WorkStatus
from src.common.records.audit import Actor
from src.common.work import late_writes, queue, wakeup
from src.core.database import after_commit, in_unit_of_work, single_statement, unit_of_work

logger = logging.getLogger(__name__)

JOB: Final = "run-tasks"
LEASE: Final = timedelta(seconds=queue.LEASE_SECONDS)
RENEW_SECONDS: Final = queue.LEASE_SECONDS / 6
MAX_TRIES: Final = 5
FIRST_DELAY: Final = 5.0
LANE_SECONDS: Final = 1.0

Work = Callable[["Running"], Awaitable[None]]

_works: dict[str, Work] = {}
_stopping = asyncio.Event()


class LeaseLost(Exception):
    """Another worker has the task: the open transaction must be rolled back."""


class TaskInterrupted(Exception):
    """This worker is stopping; another one continues the task."""


class Running:
    """A task that this worker runs. `state` is the one of the last committed `advance`, None before the first."""

    def __init__(self, task: BackgroundTask) -> None:
        self.task = task
        self.state: dict[str, Any] | None = task.state
        self._is_lost = False

    @property
    def by(self) -> Actor:
        """The actor who requested the task, for the audit rows of its work."""
        return Actor(self.task.requested_by)

    def must_stop(self) -> bool:
        """Return True if the work should stop as soon as possible. Safe in any thread."""
        return self._is_lost or _stopping.is_set()

    async def breathe(self) -> None:
        """Let other coroutines run between two steps; call it outside any transaction. Raises TaskInterrupted if the
        worker is stopping, and LeaseLost if another worker has the task or it was cancelled.
        """
        await asyncio.sleep(0)
        if _stopping.is_set():
            raise TaskInterrupted
        if self._is_lost:
            raise LeaseLost

    async def advance(self, *, done: int, total: int, state: Mapping[str, Any]) -> None:
        """Store the progress of this step in its open transaction, and renew the lease. Call it last: it locks the
        task's row.

        Raises LeaseLost if another worker has the task, and TaskCancelled if it was cancelled; both roll the whole step
        back.
        """
        self._must_be_inside()
        await self._write(progress_done=done, progress_total=total, state=dict(state), available_at=_lease())
        after_commit(partial(setattr, self, "state", dict(state)))

    async def finish(self, result: Mapping[str, Any]) -> None:
        """Mark the task finished in the open transaction, the last one of the work. Raises as `advance` does."""
        self._must_be_inside()
        await self._write(status=TaskStatus.FINISHED, result=dict(result), **_end())

    async def keep(self) -> None:
        """Renew the lease until cancelled: steps may take longer than it lasts."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                # unit_of_work shields the update: a query cancelled midway would leave a broken connection in the pool.
                self._is_lost = not await unit_of_work(self._renewed)
            except Exception as error:  # noqa: BLE001 - the database is unavailable: the next try may be in time
                logger.warning("the lease of task %s was not renewed: %s", self.task.public_id, where(error))
            if self._is_lost:
                return

    async def _renewed(self) -> int:
        found: int = await self._mine().filter(is_cancelled=False).update(available_at=_lease())
        return found

    async def _write(self, **values: Any) -> None:
        if await self._mine().filter(is_cancelled=False).update(**values):
            return
        if await self._mine().exists():
            raise TaskCancelled
        raise LeaseLost

    def _mine(self) -> Any:
        return BackgroundTask.filter(id=self.task.id, lease_token=self.task.lease_token, work_status=WorkStatus.PENDING)

    def _must_be_inside(self) -> None:
        if not in_unit_of_work():
            raise RuntimeError("progress belongs to the transaction of what was done")


def register(name: str, work: Work) -> None:
    """Register the function that does tasks of this name and ends them with `Running.finish`. A later registration
    replaces an earlier one.

    An `AppError` ends the task as failed, with the error's code and texts. After any other exception the task is tried
    again, MAX_TRIES times in total.
    """
    _works[name] = work


async def enqueue(
    name: str,
    payload: Mapping[str, Any],
    *,
    by: Actor,
    priority: TaskPriority = TaskPriority.NORMAL,
    lane: str = "",
    permission: str = "",
) -> BackgroundTask:
    """Write a task in the open transaction. `payload` holds ids and plain values, no personal data.

    Tasks of the same `lane` run one at a time, usually the oldest first. Raises RuntimeError outside a transaction, and
    KeyError for an unregistered name.
    """
    if not in_unit_of_work():
        raise RuntimeError("a task belongs to the transaction of what asks for it")
    if name not in _works:
        raise KeyError(name)
    now = clock.now()
    task = await BackgroundTask.create(
        public_id=new_ulid(),
        name=name,
        priority=priority,
        lane=lane,
        permission=permission,
        payload=dict(payload),
        requested_by=by.key,
        available_at=now,
        created_at=now,
    )
    wakeup.wake(JOB)
    return task


async def cancel(task: BackgroundTask) -> None:
    """Cancel a task in the open transaction. A waiting task ends at once, a running one at its next step; its committed
    steps stay. Raises TaskHasEnded."""
    now = clock.now()
    open_now = BackgroundTask.filter(id=task.id, work_status=WorkStatus.PENDING)
    if await open_now.filter(available_at__lte=now).update(is_cancelled=True, **_failure(TaskCancelled())):
        return
    if not await open_now.filter(is_cancelled=False).update(is_cancelled=True) and not await open_now.exists():
        fresh = await BackgroundTask.get(id=task.id)
        raise TaskHasEnded(task_status=fresh.status.value)


async def taken_over(task_id: int, *, lease: str) -> BackgroundTask | None:
    """Put a task that was taken under `lease` under a new lease, and return it. Returns None if another lease holds it
    or it was taken over already: it may be delivered twice."""
    own = queue.new_lease()
    sent = BackgroundTask.filter(id=task_id, lease_token=lease, work_status=WorkStatus.PENDING)
    if not await sent.update(lease_token=own, available_at=_lease()):
        return None
    return await BackgroundTask.get(id=task_id)


async def run(task: BackgroundTask) -> None:
    """Run a task that this worker has taken, until its end or the worker's stop. Failures are stored in its row."""
    running = Running(task)
    renewing = asyncio.create_task(running.keep())
    try:
        if task.attempts > MAX_TRIES:
            await _fail(running, TaskGaveUp())
            return
        await _started(running)
        await _works[task.name](running)
    except (TaskInterrupted, asyncio.CancelledError) as stop:
        await _give_back(running)
        if isinstance(stop, asyncio.CancelledError):
            raise
    except LeaseLost:
        await _lost(running)
    except AppError as error:
        await _fail(running, error)
    except Exception as error:  # noqa: BLE001 - no error may lose the task
        logger.error("task %s (%s) failed: %s", task.public_id, task.name, where(error))
        await _again(running, error)
    finally:
        renewing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await renewing


def stop() -> None:
    """Stop this worker's task at its next step, and start no other."""
    _stopping.set()


def resume() -> None:
    """Undo `stop` after the runner has ended."""
    _stopping.clear()


async def take(priorities: Sequence[TaskPriority] = tuple(TaskPriority)) -> BackgroundTask | None:
    """Take the most urgent due task of these priorities under a lease, or return None. A taken task occupies its lane
    (`running_lane`), so that the lane's other tasks wait."""
    if _stopping.is_set() or not priorities:
        return None
    busy = await BackgroundTask.filter(running_lane__isnull=False).values_list("running_lane", flat=True)
    only = Q(name__in=sorted(_works), priority__in=list(priorities))
    if busy:
        only &= Q(lane="") | Q(running_lane__isnull=False) | ~Q(lane__in=list(busy))
    rows = await queue.take_due(BackgroundTask, limit=1, only=only, order=("priority", "id"))
    if not rows or not rows[0].lane or rows[0].running_lane is not None:
        return rows[0] if rows else None
    mine = BackgroundTask.filter(id=rows[0].id, lease_token=rows[0].lease_token)
    try:
        await single_statement(lambda: mine.update(running_lane=rows[0].lane), is_harmless=True)
    except IntegrityError:  # another worker took one of this lane at the same moment
        later = clock.now() + timedelta(seconds=LANE_SECONDS)
        await mine.update(available_at=later, attempts=rows[0].attempts - 1)
        return None
    rows[0].running_lane = rows[0].lane
    return rows[0]


async def _started(running: Running) -> None:
    task = running.task
    task.status, task.started_at = TaskStatus.STARTED, task.started_at or clock.now()
    await running._mine().update(status=task.status, started_at=task.started_at)  # noqa: SLF001 - the same module


async def _give_back(running: Running) -> None:
    """Make the task due at once for another worker; this attempt is not counted."""
    values = {"available_at": clock.now(), "attempts": running.task.attempts - 1}
    await _write_end(running, values)


async def _lost(running: Running) -> None:
    """End the task if it was cancelled. Otherwise another worker took it over because its lease was not renewed."""
    if await running._mine().exists():  # noqa: SLF001 - the same module
        await _fail(running, TaskCancelled())
        return
    logger.warning("task %s went to another worker", running.task.public_id)


async def _fail(running: Running, error: AppError) -> None:
    values = _failure(error) | {"result": running.state}
    await _write_end(running, values)


async def _write_end(running: Running, values: Mapping[str, Any]) -> None:
    """Write the task's end in a unit of work, which is shielded from cancellation; keep it if the database is
    unavailable."""
    mine = running._mine()  # noqa: SLF001 - the same module
    await late_writes.write_or_keep(lambda: unit_of_work(lambda: mine.update(**values)))


async def _again(running: Running, error: Exception) -> None:
    if running.task.attempts >= MAX_TRIES:
        await _fail(running, InternalError())
    else:
        await queue.put_back(running.task, type(error).__name__, first_delay=FIRST_DELAY)


def _failure(error: AppError) -> dict[str, Any]:
    return {
        "status": TaskStatus.FAILED,
        "error_code": error.code,
        "error_ko": error.detail("ko")[:500],
        "error_en": error.detail("en")[:500],
        **_end(),
    }


def _end() -> dict[str, Any]:
    now = clock.now()
    return {"work_status": WorkStatus.DONE, "running_lane": None, "done_at": now, "finished_at": now}


def _lease() -> Any:
    return clock.now() + LEASE
