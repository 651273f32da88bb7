"""Send the rows of a tracking sheet, as a background task.

The whole sheet is read first. Then orders are sent in batches; the results of each batch are stored with the progress.
A worker that dies leaves whole orders, and the next one goes on: rows of a batch that was sent but not noted are known
by the shipments that carry the import's id.
"""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO, Final

from src.app.fulfilment.services.sheets import results
from src.app.fulfilment.services.sheets.orders import Sender
from src.app.fulfilment.services.sheets.reading import SheetRow, TrackingSheet, read
from src.app.fulfilment.services.sheets.results import Result
from src.common.models.task_file import TaskFile, TaskFileKind
from src.common.records import audit
from src.common.work import task_files
from src.common.work.tasks import Running
from src.core.database import unit_of_work

CSV: Final = "text/csv"
BATCH: Final = 50
"""Orders whose results are noted together."""


async def run(running: Running) -> None:
    """Run the import of this task. Raises the errors of `reading.read` before anything is sent.

    A dry run rolls every order back and starts again where it was broken off.
    """
    with tempfile.TemporaryFile() as source:
        await _fetch(running, source)
        sheet = await asyncio.to_thread(read, source)
    asked: dict[str, Any] = running.task.payload
    if asked["dry_run"]:
        running.state = None
    groups = _by_order(sheet.rows)
    sender = Sender(by=running.by, import_id=running.task.public_id, is_dry_run=asked["dry_run"])
    if running.task.attempts > 1:
        await sender.remember()
    done = int((running.state or {}).get("orders", 0))
    notes = await _notes(running, done)
    for start in range(done, len(groups), BATCH):
        await running.breathe()
        batch = groups[start : start + BATCH]
        found = await sender.send(batch)
        await unit_of_work(partial(_note, running, notes, found, orders=start + len(batch), total=len(groups)))
    await _tell(running, notes, sheet)


def _by_order(rows: Sequence[SheetRow]) -> list[list[SheetRow]]:
    """Return the rows of each order together, in the order of the sheet: an order is sent as a whole."""
    groups: dict[str, list[SheetRow]] = {}
    for row in rows:
        groups.setdefault(row.order_no or f"row {row.number}", []).append(row)
    return list(groups.values())


async def _fetch(running: Running, into: BinaryIO) -> None:
    file = await task_files.of_task(running.task.id, TaskFileKind.SOURCE)
    if file is None:
        raise LookupError(TaskFileKind.SOURCE)
    async for piece in task_files.pieces_of(file.id):
        await asyncio.to_thread(into.write, piece)
    await asyncio.to_thread(into.seek, 0)


async def _notes(running: Running, done: int) -> TaskFile:
    if done and (there := await task_files.of_task(running.task.id, TaskFileKind.NOTES)):
        return there
    kind, media_type = TaskFileKind.NOTES, "application/jsonl"
    return await unit_of_work(partial(task_files.begin, running.task, kind, name="notes", media_type=media_type))


async def _note(running: Running, notes: TaskFile, found: Sequence[Result], *, orders: int, total: int) -> None:
    await task_files.append(notes, results.noted(found))
    await running.advance(done=orders, total=total, state={"orders": orders})


async def _tell(running: Running, notes: TaskFile, sheet: TrackingSheet) -> None:
    """Write the files, and finish the task with its counts and one audit row."""
    content = b"".join([piece async for piece in task_files.pieces_of(notes.id)])
    found = sorted(results.read_noted(content), key=lambda one: one.row)
    asked: dict[str, Any] = running.task.payload
    stem = PurePath(asked["file_name"]).stem
    files = [await _file(running, TaskFileKind.REPORT, results.report(found), name=f"{stem}-결과.csv")]
    told = results.told(found)
    if told["rows"]["refused"]:
        bad = results.errors(found, sheet.rows)
        files.append(await _file(running, TaskFileKind.ERRORS, bad, name=f"{stem}-오류.csv"))
    result = {**asked, **told, "layout": sheet.heading.layout.value}

    async def end() -> None:
        for file in files:
            await task_files.complete(file)
        after = {name: value for name, value in result.items() if name != "first_errors"}
        target = ("task", running.task.public_id)
        await audit.record("shipment.imported", by=running.by, target=target, after=after)
        await running.finish(result)

    await unit_of_work(end)


async def _file(running: Running, kind: TaskFileKind, pieces: Iterator[bytes], *, name: str) -> TaskFile:
    file = await unit_of_work(partial(task_files.begin, running.task, kind, name=name, media_type=CSV))
    for piece in pieces:
        await task_files.append(file, piece)
    return file
