"""Send long tasks from the table to their executors."""

from typing import Any, Final

from src.common.logs.context import under
from src.common.models.background_task import BackgroundTask, TaskPriority
from src.common.work import tasks
from src.common.work.jobs import Priority
from src.worker.transport.base import Transport, Work
from src.worker.transport.local import INLINE

KIND: Final = "task"
PRIORITIES: Final[dict[TaskPriority, Priority]] = {
    TaskPriority.HIGH: "high",
    TaskPriority.NORMAL: "normal",
    TaskPriority.LOW: "low",
}


async def send_due(*, transport: Transport = INLINE) -> int:
    """Send the most urgent due task of the priorities for which the transport has room. Returns 1, or 0 if there is
    none. The job ``run-tasks``."""
    roomy = [priority for priority, lane in PRIORITIES.items() if transport.has_room(lane)]
    task = await tasks.take(roomy)
    if task is None:
        return 0
    await transport.send(Work(kind=KIND, payload=_ids(task), priority=PRIORITIES[task.priority]))
    return 1


async def run_sent(payload: dict[str, Any]) -> None:
    """Run the task that was sent until it ends or this process stops. The executor of KIND."""
    task = await tasks.taken_over(payload["id"], lease=payload["lease"])
    if task is not None:
        with under(task.request_id):
            await tasks.run(task)


def _ids(task: BackgroundTask) -> dict[str, Any]:
    return {"id": task.id, "lease": task.lease_token}
