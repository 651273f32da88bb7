"""Staff change the shop's brand and legal details.

Each change is one transaction with its audit row, and invalidates the public reads after the commit. Equal values write
nothing.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from tortoise.exceptions import IntegrityError

from src.app.shop.dtos.admin import AdminBrandingRead, AdminInfoRead, BrandingWrite, ShopInfoWrite
from src.app.shop.models import Branding, ShopInfo
from src.app.shop.services import reading
from src.common import clock
from src.common.http.etags import FIRST, refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.media.shapes import paths_taken
from src.common.media.uploads import add_icon, path_with
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

R = TypeVar("R", Branding, ShopInfo)


async def set_branding(body: BrandingWrite, *, version: int, by: Actor) -> AdminBrandingRead:
    """Set name, logo and favicon. Locks the uploads in order of id, then the row.

    The favicon's PNG is drawn before the transaction and stored with the upload; if the transaction fails, the PNG is
    deleted together with the unused upload. Raises UploadNotFound, MediaStoreUnavailable, StaleEdit.
    """
    if body.favicon is not None:
        await add_icon(body.favicon.image_path or await path_with(body.favicon.upload_id or 0))

    async def write() -> None:
        named = {"logo_path": body.logo, "favicon_path": body.favicon}
        chosen = {name: picture for name, picture in named.items() if picture is not None}
        paths = dict(zip(chosen, await paths_taken(list(chosen.values())), strict=True))
        values = {"shop_name": body.shop_name, **dict.fromkeys(named, ""), **paths}
        row = await Branding.filter(id=reading.ONLY).select_for_update().first()
        await _set(Branding, row, values, version=version, by=by)

    await _once_more(write)
    return await reading.branding()


async def set_info(body: ShopInfoWrite, *, version: int, by: Actor) -> AdminInfoRead:
    """Set the legal details. Locks the row. Raises StaleEdit."""

    async def write() -> None:
        row = await ShopInfo.filter(id=reading.ONLY).select_for_update().first()
        await _set(ShopInfo, row, body.model_dump(), version=version, by=by)

    await _once_more(write)
    return await reading.details()


async def _set(model: type[R], row: R | None, values: dict[str, Any], *, version: int, by: Actor) -> None:
    refuse_stale(row.version if row else FIRST, version)
    table = "branding" if model is Branding else "shop_info"
    before = {name: getattr(row, name) if row else None for name in values}
    changed_before, changed_after = audit.changed(before, values)
    if not changed_after:
        return
    if row is None:
        await model.create(id=reading.ONLY, **values, version=version + 1, updated_at=clock.now())
    else:
        await model.filter(id=reading.ONLY).update(**changed_after, version=version + 1, updated_at=clock.now())
    await audit.record(
        f"{table}.changed", by=by, target=(table, reading.ONLY), before=changed_before, after=changed_after
    )
    shown_changed("shop_info", "bootstrap")


async def _once_more(write: Callable[[], Awaitable[None]]) -> None:
    """Run the write, and once more after an IntegrityError: two first changes at once both find no row to lock."""
    try:
        await unit_of_work(write)
    except IntegrityError:
        await unit_of_work(write)
