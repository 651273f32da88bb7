"""Accept an uploaded settlement sheet, and queue it as a background task."""

import asyncio
import hashlib
from functools import partial
from typing import Any, Final

from fastapi import UploadFile

from src.app.settlement.services.sheets.reading import first_look
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

NAME: Final = "import-settlements"
READS_FILES: Final = "settlement:read"


async def ask(
    file: UploadFile, *, is_dry_run: bool, request: idempotency.KeyedRequest, by: Actor
) -> tuple[TaskRead, bool]:
    """Store the file, its import task and the audit row in one transaction. Returns the task, and true for a repeat.

    Imports run one at a time. Raises BodyTooLarge, SheetTypeUnknown, SheetBroken, SheetTooLarge and SheetHeaderWrong
    before anything is stored.
    """
    size, digest = await asyncio.to_thread(measured, file.file)
    if size > settings().imports.file_limit:
        raise BodyTooLarge(limit=settings().imports.file_limit)
    await asyncio.to_thread(first_look, file.file)
    payload = {"file_name": readable_name(file.filename or "") or "settlements", "dry_run": is_dry_run}

    async def effect(claim: idempotency.Claim) -> BackgroundTask:
        return await unit_of_work(partial(_write, claim, file, payload, {"sha256": digest, "size": size}, by=by))

    async def again(public_id: str) -> BackgroundTask:
        return await BackgroundTask.get(public_id=public_id)

    whole = hashlib.sha256(f"{digest}:{is_dry_run}".encode()).hexdigest()
    task, is_repeat = await idempotency.once(request, scope=by.key, digest=whole, effect=effect, again=again)
    (read,) = await task_reads([task])
    return read, is_repeat


async def _write(
    claim: idempotency.Claim, file: UploadFile, payload: dict[str, Any], facts: dict[str, Any], *, by: Actor
) -> BackgroundTask:
    task = await tasks.enqueue(NAME, payload, by=by, lane=NAME, permission=READS_FILES)
    kind, media_type = TaskFileKind.SOURCE, "application/octet-stream"
    await task_files.keep(task, kind, pieces_of(file), name=payload["file_name"], media_type=media_type)
    target = ("task", task.public_id)
    await audit.record("settlement.import_asked", by=by, target=target, after={**payload, **facts})
    await idempotency.finish(claim, effect=task.public_id)
    return task
