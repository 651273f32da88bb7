"""Remove unused images: first rows, then their objects, then objects without a row."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from src.common import clock
from src.common.media import direct
from src.common.media.addresses import FOLDER, INCOMING, path_of
from src.common.media.references import AT_ONCE, shown_somewhere
from src.common.media.store import StoredObject, store
from src.common.media.uploads import remove_objects
from src.common.models.upload import Upload

logger = logging.getLogger(__name__)

GRACE: Final = timedelta(hours=24)


async def sweep_orphan_images() -> int:
    """Remove images that were not in use for GRACE, and return the number of removed rows and stray objects.

    A repeat is harmless. An image that is being attached is safe: attaching locks its row and sets `touched_at` to now,
    and a row is deleted only if that is still before the cutoff. A process that dies after deleting a row leaves its
    objects for the next run.
    """
    cutoff = clock.now() - GRACE
    await direct.forget(cutoff)
    return await _sweep_rows(cutoff) + await _sweep_objects(cutoff)


async def _sweep_rows(cutoff: datetime) -> int:
    removed = last = 0
    while rows := await _untouched(cutoff, after=last):
        last = rows[-1][0]
        shown = await shown_somewhere(frozenset(path for _, path in rows))
        seen = [row_id for row_id, path in rows if path in shown]
        if seen:
            await Upload.filter(id__in=seen, touched_at__lt=cutoff).update(touched_at=clock.now())
        for row_id, path in rows:
            # One statement: it waits for a transaction that is attaching the image, and then finds the row touched.
            if path not in shown and await Upload.filter(id=row_id, touched_at__lt=cutoff).delete():
                removed += 1
                logger.info("upload %d is removed: nothing shows it", row_id)
                await remove_objects(path)
    return removed


async def _untouched(cutoff: datetime, *, after: int) -> list[tuple[int, str]]:
    found = Upload.filter(touched_at__lt=cutoff, id__gt=after).order_by("id").limit(AT_ONCE)
    return [(row_id, path) for row_id, path in await found.values_list("id", "path")]


async def _sweep_objects(cutoff: datetime) -> int:
    """Remove objects that are older than the cutoff and have no row: of interrupted uploads, partly written files, and
    direct uploads that were never confirmed. An object is older than its row only by the duration of the upload."""
    removed = 0
    for folder in (FOLDER, INCOMING):
        async for page in store().pages(folder):
            strays = await _strays([found for found in page if found.changed_at < cutoff])
            if strays:
                await store().delete(strays)
                removed += len(strays)
                logger.info("%d objects without a row are removed", len(strays))
    return removed


async def _strays(old: Sequence[StoredObject]) -> list[str]:
    paths = {path for found in old if (path := path_of(found.key))}
    kept: set[str | None] = set()
    if paths:
        kept.update(str(path) for (path,) in await Upload.filter(path__in=list(paths)).values_list("path"))
    return [found.key for found in old if path_of(found.key) not in kept]
