"""Files of background tasks, stored in rows: workers on all machines can read them, and none exists without its task.

They are written and read in chunks, so that no file is ever in memory as a whole.
"""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Final

from src.common import clock
from src.common.models.background_task import BackgroundTask
from src.common.models.task_file import TaskFile, TaskFileChunk, TaskFileKind
from src.common.models.work_item import WorkStatus
from src.core.database import in_unit_of_work, unit_of_work
from src.core.database.statements import insert, new_row

CHUNK: Final = 262_144
KEPT: Final = timedelta(days=7)
SWEPT_AT_ONCE: Final = 50
MAX_NAME: Final = 200

Pieces = Callable[[], AsyncIterator[bytes]]


async def keep(task: BackgroundTask, kind: TaskFileKind, pieces: Pieces, *, name: str, media_type: str) -> TaskFile:
    """Store a complete file in the open transaction, usually the one that creates its task, so that neither is
    committed alone. `pieces` is called again if the transaction is repeated. Raises RuntimeError outside one."""
    if not in_unit_of_work():
        raise RuntimeError("a file is kept together with its task")
    file = await begin(task, kind, name=name, media_type=media_type)
    async for piece in pieces():
        await append(file, piece)
    await complete(file)
    return file


async def begin(task: BackgroundTask, kind: TaskFileKind, *, name: str, media_type: str) -> TaskFile:
    """Create an empty file, replacing the task's file of this kind. It can be downloaded only after `complete`."""
    await TaskFile.filter(task_id=task.id, kind=kind).delete()
    return await TaskFile.create(
        task_id=task.id, kind=kind, name=name[:MAX_NAME], media_type=media_type, created_at=clock.now()
    )


async def append(file: TaskFile, content: bytes) -> None:
    """Append these bytes."""
    for start in range(0, len(content), CHUNK):
        await insert(new_row(TaskFileChunk, file_id=file.id, content=content[start : start + CHUNK]))
    file.size += len(content)


async def complete(file: TaskFile) -> None:
    """Mark the file complete, so that people may download it."""
    file.is_complete = True
    await TaskFile.filter(id=file.id).update(size=file.size, is_complete=True)


async def of_task(task_id: int, kind: TaskFileKind) -> TaskFile | None:
    """Return the task's file of this kind, complete or not."""
    return await TaskFile.filter(task_id=task_id, kind=kind).first()


async def pieces_of(file_id: int) -> AsyncIterator[bytes]:
    """Yield the content in chunks of CHUNK bytes at most."""
    last = 0
    while (
        rows := await TaskFileChunk.filter(file_id=file_id, id__gt=last)
        .order_by("id")
        .limit(1)
        .values_list("id", "content")
    ):
        last, content = rows[0]
        yield bytes(content)


async def sweep() -> int:
    """Delete files older than seven days of ended tasks, each in its own transaction, and return their number. The job
    ``sweep-task-files``."""
    old = TaskFile.filter(created_at__lt=clock.now() - KEPT, task__work_status__not=WorkStatus.PENDING)
    total = 0
    while ids := [int(str(id_)) for id_ in await old.order_by("id").limit(SWEPT_AT_ONCE).values_list("id", flat=True)]:
        for file_id in ids:
            await unit_of_work(TaskFile.filter(id=file_id).delete)
        total += len(ids)
    return total
