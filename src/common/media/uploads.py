"""Uploaded images: each file is saved once; its row is locked when the image is taken into use.

Objects are written before the row: a process that dies in between leaves objects without a row, which the sweep
removes. Object names are never reused, so the sweep cannot remove an image that is just being saved.
"""

import logging
import secrets
from collections.abc import Iterable
from typing import Any, BinaryIO

from tortoise.exceptions import IntegrityError

from src.common import clock
from src.common.dtos.fields import readable_name
from src.common.exceptions.general import BodyTooLarge, DatabaseIsBusy
from src.common.media.addresses import icon_key, keys_of, new_path, objects_of, path_of, slice_keys
from src.common.media.drawing import Drawn, digest_of, draw, draw_icon
from src.common.media.errors import NotAnImage, UploadNotFound
from src.common.media.store import MediaStoreUnavailable, store
from src.common.models.upload import Upload
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.configs import settings
from src.core.database import in_unit_of_work, unit_of_work

logger = logging.getLogger(__name__)

WEBP = "image/webp"


async def save(source: BinaryIO, *, name: str, by: Actor) -> Upload:
    """Save an image and return its row. A repeat with the same file, also a concurrent one, returns the same row.

    `name` is the sender's file name, for people to read. Writes the audit row ``upload.created`` with a new row. Raises
    BodyTooLarge, NotAnImage, TooManyPixels, TooManyFrames, MediaStoreUnavailable; no row or object remains then.
    """
    digest, size = await digest_of(source)
    if size > settings().media.upload_limit:
        raise BodyTooLarge(limit=settings().media.upload_limit)
    if size == 0:
        raise NotAnImage
    if there := await unit_of_work(lambda: _touched(sha256=digest)):
        await _heal(there, source)
        return there
    drawn = await draw(source)
    salt, is_long = secrets.token_hex(4), bool(drawn.more)
    path = new_path(digest, salt=salt, width=drawn.width, height=drawn.height, is_long=is_long)
    values = {
        "sha256": digest,
        "path": path,
        "width": drawn.width,
        "height": drawn.height,
        "size": size,
        "kind": drawn.kind,
        "name": readable_name(name),
    }
    try:
        await _put(path, drawn)
    except Exception:
        await _remove(path)
        raise
    try:
        return await unit_of_work(lambda: _written(values, by))
    except IntegrityError:  # a concurrent call saved the same file first
        await _remove(path)
    # After any other error the row may exist (connection lost at the commit), so the objects are left to the sweep.
    there = await unit_of_work(lambda: _touched(sha256=digest))
    if there is None:
        raise DatabaseIsBusy
    return there


async def take(*, upload_id: int | None = None, path: str | None = None) -> Upload:
    """Return the upload with this id or path, locked until the open transaction, which starts to use it, ends.

    Lock it before other rows; lock several with `take_all`. Raises UploadNotFound, and RuntimeError outside a
    transaction, where the sweep could remove the upload before it is used.
    """
    if not in_unit_of_work():
        raise RuntimeError("an upload is taken into use in the transaction of its user")
    found = await (_touched(id=upload_id) if upload_id is not None else _touched(path=path))
    if found is None:
        raise UploadNotFound
    return found


async def take_path(path: str) -> None:
    """Lock as `take` does if `path` is one of an upload. Other paths are the shop's own files, which are not swept."""
    if path_of(path) is not None:
        await take(path=path)


async def take_all(upload_ids: Iterable[int]) -> dict[int, Upload]:
    """Lock several uploads as `take` does, in ascending order of ids, and return them by id. Two statements. Raises
    UploadNotFound if one is missing, and RuntimeError outside a transaction."""
    wanted = sorted(set(upload_ids))
    if not wanted:
        return {}
    if not in_unit_of_work():
        raise RuntimeError("an upload is taken into use in the transaction of its user")
    rows = {row.id: row for row in await Upload.filter(id__in=wanted).order_by("id").select_for_update()}
    if len(rows) < len(wanted):
        raise UploadNotFound
    now = clock.now()
    await Upload.filter(id__in=wanted).update(touched_at=now)
    for row in rows.values():
        row.touched_at = now
    return rows


async def path_with(upload_id: int) -> str:
    """Return the path of an upload, without a lock. Raises UploadNotFound."""
    found = await Upload.filter(id=upload_id).values_list("path", flat=True)
    if not found:
        raise UploadNotFound
    return str(found[0])


async def ids_of(paths: Iterable[str]) -> dict[str, int]:
    """Return the ids of the uploads with these paths, by path, without a lock. Unknown paths are left out."""
    found = await Upload.filter(path__in=list(paths)).values_list("path", "id")
    return {str(path): int(upload_id) for path, upload_id in found}


async def add_icon(path: str) -> None:
    """Create the icon of an upload next to its objects. Its key follows from the path, so a repeat replaces it and
    `remove_objects` removes it. Raises UploadNotFound, MediaStoreUnavailable."""
    picture = await store().get(path)
    if picture is None:
        raise UploadNotFound
    await store().put(icon_key(path), await draw_icon(picture), content_type="image/png")


async def remove_objects(path: str) -> None:
    """Remove all objects of an image whose row is deleted, and its icon. Raises MediaStoreUnavailable."""
    await store().delete([*objects_of(path), icon_key(path)])


async def _touched(**which: object) -> Upload | None:
    """Return the locked row with `touched_at` set to now, so that the sweep keeps it."""
    found = await Upload.filter(**which).select_for_update().first()
    if found is not None:
        found.touched_at = clock.now()
        await Upload.filter(id=found.id).update(touched_at=found.touched_at)
    return found


async def _written(values: dict[str, Any], by: Actor) -> Upload:
    now = clock.now()
    saved = await Upload.create(**values, actor=by.key, created_at=now, touched_at=now)
    after = {name: values[name] for name in ("sha256", "path", "size", "name")}
    await audit.record("upload.created", by=by, target=("upload", saved.id), after=after)
    return saved


async def _heal(row: Upload, source: BinaryIO) -> None:
    """Write the objects of a row again if they are lost, as when the folder was not copied into a new bucket. The sweep
    keeps them, because the row was touched."""
    if await store().get(row.path) is None:
        logger.warning("the objects of upload %d were lost and are written again", row.id)
        await _put(row.path, await draw(source))


async def _put(path: str, drawn: Drawn) -> None:
    for width, key in keys_of(path).items():
        await store().put(key, drawn.by_width[width], content_type=WEBP)
    for (key, _), content in zip(slice_keys(path)[1:], drawn.more, strict=True):
        await store().put(key, content, content_type=WEBP)


async def _remove(path: str) -> None:
    """Remove the objects of a failed upload. If that fails too, the sweep removes them."""
    try:
        await remove_objects(path)
    except MediaStoreUnavailable:
        logger.warning("objects without a row are left for the sweep: %s", path)
