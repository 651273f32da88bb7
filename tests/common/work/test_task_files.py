"""Files of tasks: in pieces, together with their task, gone after seven days."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from src.common import clock
from src.common.models import BackgroundTask, TaskFile, TaskFileChunk, TaskFileKind
from src.common.models.work_item import WorkStatus
from src.common.work import task_files
from src.core.database import unit_of_work

pytestmark = pytest.mark.usefixtures("empty")
CONTENT = bytes(range(256)) * 2_600  # more than two pieces, every byte there is


async def a_task(status: WorkStatus = WorkStatus.PENDING) -> BackgroundTask:
    now = clock.now()
    count = await BackgroundTask.all().count()
    return await BackgroundTask.create(
        public_id=f"{count:026d}", name="t", payload={}, requested_by="cli", available_at=now, created_at=now,
        work_status=status,
    )  # fmt: skip


async def content() -> AsyncIterator[bytes]:
    yield CONTENT[:1000]
    yield CONTENT[1000:]


async def keep(task: BackgroundTask, kind: TaskFileKind = TaskFileKind.SOURCE) -> TaskFile:
    return await unit_of_work(lambda: task_files.keep(task, kind, content, name="상품.csv", media_type="text/csv"))


async def test_a_file_comes_back_byte_for_byte_in_pieces() -> None:
    file = await keep(await a_task())
    pieces = [piece async for piece in task_files.pieces_of(file.id)]
    assert b"".join(pieces) == CONTENT
    assert max(map(len, pieces)) <= task_files.CHUNK
    row = await TaskFile.get()
    assert (row.size, row.is_complete, row.name) == (len(CONTENT), True, "상품.csv")


async def test_a_file_is_kept_with_its_task_or_not_at_all() -> None:
    with pytest.raises(RuntimeError, match="task"):
        await task_files.keep(await a_task(), TaskFileKind.SOURCE, content, name="a", media_type="b")

    async def broken() -> AsyncIterator[bytes]:
        yield CONTENT
        raise OSError("the client went away")

    async def both() -> None:
        task = await a_task()
        await task_files.keep(task, TaskFileKind.SOURCE, broken, name="a", media_type="b")

    before = await BackgroundTask.all().count()
    with pytest.raises(OSError, match="away"):
        await unit_of_work(both)
    assert (await BackgroundTask.all().count(), await TaskFile.all().count()) == (before, 0)
    assert await TaskFileChunk.all().count() == 0


async def test_a_file_begun_again_replaces_what_was_left_of_it() -> None:
    task = await a_task()
    await keep(task)
    await keep(task, TaskFileKind.REPORT)
    file = await unit_of_work(lambda: task_files.begin(task, TaskFileKind.SOURCE, name="new", media_type="text/csv"))
    assert (await TaskFile.all().count(), [piece async for piece in task_files.pieces_of(file.id)]) == (2, [])
    assert not (await TaskFile.get(id=file.id)).is_complete


async def test_files_go_with_their_task() -> None:
    task = await a_task()
    await keep(task)
    await BackgroundTask.filter(id=task.id).delete()
    assert (await TaskFile.all().count(), await TaskFileChunk.all().count()) == (0, 0)


async def test_old_files_of_ended_tasks_are_swept_and_others_stay() -> None:
    ended, waiting = await a_task(WorkStatus.DONE), await a_task()
    old, new, needed = await keep(ended), await keep(ended, TaskFileKind.REPORT), await keep(waiting)
    past = clock.now() - timedelta(days=7, seconds=1)
    await TaskFile.filter(id__in=[old.id, needed.id]).update(created_at=past)
    assert await task_files.sweep() == 1
    assert sorted([row.id for row in await TaskFile.all()]) == sorted([new.id, needed.id])
    assert not await TaskFileChunk.filter(file_id=old.id).exists()
    assert await task_files.sweep() == 0
