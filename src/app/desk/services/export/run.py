"""Write the file of an export page by page, as a background task.

A page is read, written and stored with the progress in one transaction, together with the access log of what it shows.
Memory does not grow with the number of lines. A worker that dies leaves an incomplete file, which nobody can download;
the next worker begins anew.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from src.app.desk.dtos.admin.export import ExportColumn, ExportQuery
from src.app.desk.services.export.columns import PERSONAL, Row, cells_of, headings_of
from src.app.desk.services.lines import wanted_of
from src.app.fulfilment.services.shipments.queries import sent_of
from src.app.order.services.lines import search
from src.app.order.services.lines.search import Found
from src.app.product.errors import ExportTooLarge
from src.app.shipping.services.couriers.queries import load_book
from src.common import clock
from src.common.clock import KST
from src.common.models.task_file import TaskFile, TaskFileKind
from src.common.records import audit
from src.common.sheets import csv_export
from src.common.sheets.xlsx_writing import MAX_ROWS, MEDIA_TYPE, XlsxWriter
from src.common.work import task_files
from src.common.work.tasks import Running
from src.core.database import unit_of_work

PAGE: Final = 500
SENT: Final = frozenset({ExportColumn.METHOD, ExportColumn.COURIER, ExportColumn.TRACKING_NO})


class Writer(Protocol):
    """Makes the bytes of a file; each call returns those that are ready."""

    def begin(self, heading: Sequence[str]) -> bytes:
        """Begin with the headings."""

    def rows(self, rows: Sequence[Sequence[str]]) -> bytes:
        """Write rows."""

    def end(self) -> bytes:
        """Finish the file."""


class Csv:
    """A csv that Korean Excel opens."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding

    def begin(self, heading: Sequence[str]) -> bytes:
        """Begin with the headings."""
        mark = csv_export.MARK if self._encoding == "utf-8" else b""
        return mark + self.rows([heading])

    def rows(self, rows: Sequence[Sequence[str]]) -> bytes:
        """Write rows."""
        return csv_export.lines(rows, encoding=self._encoding)

    def end(self) -> bytes:
        """Finish the file."""
        return b""


class Xlsx:
    """An xlsx whose cells are texts, never formulas."""

    def __init__(self) -> None:
        self._book = XlsxWriter(["상품주문"])

    def begin(self, heading: Sequence[str]) -> bytes:
        """Begin with the headings."""
        return self._book.sheet(heading)

    def rows(self, rows: Sequence[Sequence[str]]) -> bytes:
        """Write rows."""
        return self._book.rows(rows)

    def end(self) -> bytes:
        """Finish the file."""
        return self._book.end()


@dataclass(kw_only=True)
class Export:
    """An export under way: its file, the columns of the file, and how many of about `total` lines are in it."""

    running: Running
    query: ExportQuery
    file: TaskFile
    keys: list[ExportColumn]
    total: int
    done: int = 0
    size: int = 0

    @property
    def shown(self) -> str:
        """The personal values that the file shows unmasked, for the access log."""
        return ",".join(key.value for key in self.keys if key in PERSONAL) if self.query.personal else ""


async def run(running: Running) -> None:
    """Write the file of this task. Raises ExportTooLarge for an xlsx of more lines than a sheet has rows."""
    query = await _query(running)
    wanted = await wanted_of(query, is_clear=query.personal)
    total = 0 if wanted is None else await search.count_all(wanted)
    if query.format == "xlsx" and total >= MAX_ROWS:
        raise ExportTooLarge(limit=MAX_ROWS - 1)
    named = headings_of(query.layout, query.columns)
    file = await unit_of_work(partial(_begin, running, query))
    export = Export(running=running, query=query, file=file, keys=[key for key, _ in named], total=total)
    writer: Writer = Xlsx() if query.format == "xlsx" else Csv(query.encoding)
    content = writer.begin([heading for _, heading in named])
    if wanted is not None:
        async for found in search.walk(wanted, size=PAGE):
            await running.breathe()
            content += await asyncio.to_thread(_written, writer, await _rows(export, found), export.keys)
            await unit_of_work(partial(_note, export, found, content))
            export.done, export.size, content = export.done + len(found), export.size + len(content), b""
    content += writer.end()
    await unit_of_work(partial(_end, export, content))


def _written(writer: Writer, rows: Sequence[Row], keys: Sequence[ExportColumn]) -> bytes:
    return writer.rows([cells_of(row, keys) for row in rows])


async def _query(running: Running) -> ExportQuery:
    file = await task_files.of_task(running.task.id, TaskFileKind.NOTES)
    if file is None:
        raise LookupError(TaskFileKind.NOTES)
    return ExportQuery.model_validate_json(b"".join([piece async for piece in task_files.pieces_of(file.id)]))


async def _begin(running: Running, query: ExportQuery) -> TaskFile:
    day = clock.now().astimezone(KST)
    media_type = MEDIA_TYPE if query.format == "xlsx" else "text/csv"
    name = f"상품주문-{day:%Y%m%d-%H%M}.{query.format}"
    return await task_files.begin(running.task, TaskFileKind.REPORT, name=name, media_type=media_type)


async def _rows(export: Export, found: Sequence[Found]) -> list[Row]:
    sent = await sent_of([each.line.id for each in found]) if SENT & set(export.keys) else {}
    book, is_clear = await load_book(), export.query.personal
    return [
        Row(line=each.line, order=each.order, sent=sent.get(each.line.id, ()), book=book, is_clear=is_clear)
        for each in found
    ]


async def _note(export: Export, found: Sequence[Found], content: bytes) -> None:
    export.file.size = export.size  # a repeat of this transaction begins here
    await task_files.append(export.file, content)
    running, done = export.running, export.done + len(found)
    if export.shown:
        ids = sorted({each.order.id for each in found})
        why = export.query.reason
        await audit.accessed(
            "order_line.export", by=running.by, target_type="order", ids=ids, items=export.shown, reason=why
        )
    await running.advance(done=done, total=max(done, export.total), state={"lines": done})


async def _end(export: Export, content: bytes) -> None:
    running, query = export.running, export.query
    export.file.size = export.size
    await task_files.append(export.file, content)
    await task_files.complete(export.file)
    result = {"lines": export.done, "layout": query.layout.value, "format": query.format, "personal": query.personal}
    target = ("task", running.task.public_id)
    await audit.record("order_line.exported", by=running.by, target=target, after=result, reason=query.reason)
    await running.finish(result)
