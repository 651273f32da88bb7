"""Accept an uploaded product sheet, and queue its import as a background task."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Final

from fastapi import UploadFile

from src.app.product.services.sheets.imports.run import NAME
from src.app.product.services.sheets.imports.spool import first_look
from src.common.dtos.fields import readable_name
from src.common.exceptions.general import BodyTooLarge
from src.common.http import idempotency
from src.common.models.background_task import BackgroundTask
from src.common.models.task_file import TaskFileKind
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.sheets.uploads import measured, pieces_of
from src.common.work import task_files, tasks
from src.common.work.task_reads import TaskRead, task_reads
from src.core.configs import settings
from src.core.database import unit_of_work

ADJUSTS: Final = frozenset({"stock:adjust"})
READS_FILES: Final = "product:write"


@dataclass(frozen=True, slots=True)
class Asked:
    """Options of an import. `dry_run` saves nothing. With `overwrite_stock` the sheet's stock applies even if units
    were sold since."""

    dry_run: bool = False
    overwrite_stock: bool = False


async def ask(file: UploadFile, asked: Asked, *, request: idempotency.KeyedRequest, by: Actor) -> tuple[TaskRead, bool]:
    """Store the file, its import task and the audit row in one transaction. Returns the task, and true for a repeat.

    Imports run one at a time; others wait. Raises BodyTooLarge, SheetTypeUnknown, SheetBroken, SheetTooLarge and
    SheetHeaderWrong before anything is stored.
    """
    size, digest = await asyncio.to_thread(measured, file.file)
    if size > settings().imports.file_limit:
        raise BodyTooLarge(limit=settings().imports.file_limit)
    await asyncio.to_thread(first_look, file.file)
    name = readable_name(file.filename or "") or "products"
    payload = {"file_name": name, "dry_run": asked.dry_run, "may_adjust": not by.lacks(ADJUSTS)}
    payload |= {"overwrite_stock": True} if asked.overwrite_stock else {}

    async def effect(claim: idempotency.Claim) -> BackgroundTask:
        async def write() -> BackgroundTask:
            task = await tasks.enqueue(NAME, payload, by=by, lane=NAME, permission=READS_FILES)
            media_type = "application/octet-stream"
            await task_files.keep(task, TaskFileKind.SOURCE, pieces_of(file), name=name, media_type=media_type)
            after = {**payload, "sha256": digest, "size": size}
            await audit.record("product.import_asked", by=by, target=("task", task.public_id), after=after)
            await idempotency.finish(claim, effect=task.public_id)
            return task

        return await unit_of_work(write)

    async def again(public_id: str) -> BackgroundTask:
        return await BackgroundTask.get(public_id=public_id)

    whole = f"{digest}:{asked.dry_run}" + (":overwrite_stock" if asked.overwrite_stock else "")
    digest_of_all = hashlib.sha256(whole.encode()).hexdigest()
    task, is_repeat = await idempotency.once(request, scope=by.key, digest=digest_of_all, effect=effect, again=again)
    (read,) = await task_reads([task])
    return read, is_repeat
