"""Run the import of a product sheet as a background task, which `request` queues.

The whole file is read first, so that errors of the file are found before anything is saved. Then products are saved in
batches, each in one transaction with its results and the progress. A worker that crashes leaves complete products, and
the next worker continues after them.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO, Final

from src.app.product.services.sheets.imports import report
from src.app.product.services.sheets.imports.apply import Importer
from src.app.product.services.sheets.imports.planning import May
from src.app.product.services.sheets.imports.sold import REASON
from src.app.product.services.sheets.imports.spool import Outline, next_wishes, skip, unroll
from src.app.product.services.sheets.records import Result
from src.common.models.task_file import TaskFile, TaskFileKind
from src.common.records import audit
from src.common.sheets.xlsx_writing import MEDIA_TYPE
from src.common.work import task_files
from src.common.work.tasks import Running
from src.core.database import unit_of_work

NAME: Final = "import-products"
CSV: Final = "text/csv"
MAX_REASON: Final = 200
TOLD: Final = ("first_errors", "warnings")
FIRST_ERRORS: Final = 20
FIRST_WARNINGS: Final = 100


async def run(running: Running) -> None:
    """Run the import of this task. Raises the errors of `spool.unroll` before anything is saved.

    A resumed task continues after the last committed batch. A dry run saves nothing and starts again.
    """
    with ExitStack() as stack:
        source, rows, notes = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(3))
        await _fetch(running, TaskFileKind.SOURCE, source)
        outline = await asyncio.to_thread(unroll, source, rows, must_stop=running.must_stop)
        work = _Import(running, outline)
        await work.apply(rows)
        await _fetch(running, TaskFileKind.NOTES, notes)
        await work.tell(rows, notes)


async def _fetch(running: Running, kind: TaskFileKind, into: BinaryIO) -> None:
    """Copy a file of the task into a local file that can be read at any position."""
    file = await task_files.of_task(running.task.id, kind)
    if file is None:
        raise LookupError(kind)
    async for piece in task_files.pieces_of(file.id):
        await asyncio.to_thread(into.write, piece)
    await asyncio.to_thread(into.seek, 0)


class _Import:
    """A running import."""

    def __init__(self, running: Running, outline: Outline) -> None:
        self.running = running
        self.outline = outline
        self.asked: dict[str, Any] = running.task.payload
        if self.asked["dry_run"]:
            running.state = None
        self.notes: TaskFile | None = None

    @property
    def done(self) -> int:
        """The number of products whose results are committed."""
        return int((self.running.state or {}).get("done", 0))

    def counted(self, of: str) -> Counter[str]:
        """Count ``products`` or ``rows`` by outcome."""
        return Counter((self.running.state or {}).get(of, {}))

    async def apply(self, lines: BinaryIO) -> None:
        """Import every product after those that are done."""
        self.notes = await self._notes()
        importer = Importer(
            by=self.running.by,
            batch=self.running.task.public_id,
            reason=f"{REASON}{self.asked['file_name']}"[:MAX_REASON],
            may=May(self.asked["may_adjust"], overwrite=self.asked.get("overwrite_stock", False)),
            dry_run=self.asked["dry_run"],
            noted=self._noted,
        )
        await asyncio.to_thread(skip, lines, self.done)
        while wishes := await asyncio.to_thread(next_wishes, lines, self.outline):
            await self.running.breathe()
            await importer.apply(wishes)

    async def _notes(self) -> TaskFile:
        if self.done and (there := await task_files.of_task(self.running.task.id, TaskFileKind.NOTES)):
            return there
        task = self.running.task
        return await unit_of_work(
            partial(task_files.begin, task, TaskFileKind.NOTES, name="notes", media_type="application/jsonl")
        )

    async def _noted(self, results: Sequence[Result]) -> None:
        """Store the results and the progress in the open transaction. The transaction may run again, so nothing else is
        changed here."""
        assert self.notes is not None  # noqa: S101 - `apply` set it
        await task_files.append(self.notes, b"".join(map(report.note, results)))
        state = {
            "done": self.done + len(results),
            "products": self.counted("products") + Counter(result.outcome for result in results),
            "rows": self.counted("rows") + Counter(outcome for result in results for _, outcome in result.rows),
        }
        await self.running.advance(done=self.done + len(results), total=self.outline.products, state=state)

    async def tell(self, rows: BinaryIO, notes: BinaryIO) -> None:
        """Write the report and error files, and finish the task with its counts and one audit row."""
        stem = PurePath(self.asked["file_name"]).stem
        report_file = await self._file(
            TaskFileKind.REPORT, report.report(notes), name=f"{stem}-결과.csv", media_type=CSV
        )
        files = [report_file]
        if self.counted("products")["failed"]:
            is_csv = self.outline.sheet.kind == "csv"
            name = f"{stem}-오류.{self.outline.sheet.kind}"
            pieces = report.errors(notes, rows, self.outline)
            media_type = CSV if is_csv else MEDIA_TYPE
            files.append(await self._file(TaskFileKind.ERRORS, pieces, name=name, media_type=media_type))
        result = {
            "file_name": self.asked["file_name"],
            "dry_run": self.asked["dry_run"],
            "products": _all(self.counted("products")),
            "rows": _all(self.counted("rows")),
            "first_errors": await asyncio.to_thread(report.first_problems, notes, most=FIRST_ERRORS),
            "warnings": await asyncio.to_thread(report.first_warnings, notes, most=FIRST_WARNINGS),
        }

        async def end() -> None:
            for file in files:
                await task_files.complete(file)
            after = {name: value for name, value in result.items() if name not in TOLD}
            target = ("task", self.running.task.public_id)
            await audit.record("product.imported", by=self.running.by, target=target, after=after)
            await self.running.finish(result)

        await unit_of_work(end)

    async def _file(self, kind: TaskFileKind, pieces: Iterator[bytes], *, name: str, media_type: str) -> TaskFile:
        file = await unit_of_work(partial(task_files.begin, self.running.task, kind, name=name, media_type=media_type))
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            await self.running.breathe()
            await task_files.append(file, piece)
        return file


def _all(counts: Counter[str]) -> dict[str, int]:
    return {outcome: counts[outcome] for outcome in ("created", "updated", "unchanged", "failed")}
