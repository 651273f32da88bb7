"""Compare a settlement sheet, as a background task.

A worker that dies leaves what it kept; the next one compares from the start and writes the same.
"""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO, Final

from src.app.settlement.services.sheets import results
from src.app.settlement.services.sheets.comparing import BATCH, Comparison, keep
from src.app.settlement.services.sheets.reading import read
from src.app.settlement.services.sheets.results import Result
from src.common.models.task_file import TaskFile, TaskFileKind
from src.common.records import audit
from src.common.work import task_files
from src.common.work.tasks import Running
from src.core.database import unit_of_work

CSV: Final = "text/csv"


async def run(running: Running) -> None:
    """Run the comparison of this task. A dry run keeps nothing. Raises the errors of `reading.read`."""
    with tempfile.TemporaryFile() as source:
        await _fetch(running, source)
        rows = await asyncio.to_thread(read, source)
    asked: dict[str, Any] = running.task.payload
    comparison, found = Comparison(), list[Result]()
    for start in range(0, len(rows), BATCH):
        await running.breathe()
        part = await comparison.compare(rows[start : start + BATCH])
        found += part
        done = min(start + BATCH, len(rows))
        kept = [] if asked["dry_run"] else part
        await unit_of_work(partial(_step, running, kept, done=done, total=len(rows)))
    found += await comparison.missing(rows)
    await _tell(running, found)


async def _step(running: Running, kept: Sequence[Result], *, done: int, total: int) -> None:
    await keep(kept)
    await running.advance(done=done, total=total, state={"rows": done})


async def _fetch(running: Running, into: BinaryIO) -> None:
    file = await task_files.of_task(running.task.id, TaskFileKind.SOURCE)
    if file is None:
        raise LookupError(TaskFileKind.SOURCE)
    async for piece in task_files.pieces_of(file.id):
        await asyncio.to_thread(into.write, piece)
    await asyncio.to_thread(into.seek, 0)


async def _tell(running: Running, found: Sequence[Result]) -> None:
    """Write the files, and finish the task with its counts and one audit row."""
    asked: dict[str, Any] = running.task.payload
    stem = PurePath(asked["file_name"]).stem
    files = [await _file(running, TaskFileKind.REPORT, results.report(found), name=f"{stem}-결과.csv")]
    told = results.told(found)
    if told["rows"]["refused"]:
        files.append(await _file(running, TaskFileKind.ERRORS, results.errors(found), name=f"{stem}-오류.csv"))
    result = {**asked, **told}

    async def end() -> None:
        for file in files:
            await task_files.complete(file)
        after = {name: value for name, value in result.items() if not name.startswith("first_")}
        await audit.record("settlement.imported", by=running.by, target=("task", running.task.public_id), after=after)
        await running.finish(result)

    await unit_of_work(end)


async def _file(running: Running, kind: TaskFileKind, pieces: Iterator[bytes], *, name: str) -> TaskFile:
    file = await unit_of_work(partial(task_files.begin, running.task, kind, name=name, media_type=CSV))
    for piece in pieces:
        await task_files.append(file, piece)
    return file
