"""Staff add, change, order and remove banners.

Each change is one transaction with its audit row, and invalidates the public reads after the commit.
"""

from collections.abc import Sequence
from typing import Any

from src.app.banner.dtos.admin import AdminBannerRead, BannerActive, BannerChange, BannerCreate, BannerOrder
from src.app.banner.dtos.requests import MAX_OF_A_TYPE
from src.app.banner.errors import BannerLimit, BannerOrderStale, BannerPeriodInvalid, BannersOfTwoTypes
from src.app.banner.models import Banner, BannerType
from src.app.banner.services import locks, queries
from src.common import clock
from src.common.dtos.links import refuse_unfit
from src.common.dtos.pages import Items
from src.common.http.etags import refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.media.shapes import PictureChoice, path_taken
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

FIELDS = (
    "type",
    "title",
    "sub_title",
    "image_path",
    "alt",
    "link_url",
    "position",
    "is_active",
    "starts_at",
    "ends_at",
)


async def create(body: BannerCreate, *, by: Actor) -> AdminBannerRead:
    """Add a banner after the others of its type. Locks the upload, then all banners.

    Raises UploadNotFound, BannerPeriodInvalid, BannerLimit.
    """

    async def write() -> Banner:
        path = await path_taken(body)
        there = await locks.lock_all()
        _refuse_full(there, body.type)
        values = body.model_dump(exclude={"upload_id", "image_path"})
        banner = Banner(**values, image_path=path, position=locks.next_position(there, body.type))
        _check_period(banner)
        await banner.save()
        await _note("banner.created", banner, by=by, before={}, after=_as_logged(banner))
        return banner

    return queries.admin_read(await unit_of_work(write), clock.now())


async def change(banner_id: int, body: BannerChange, *, version: int, by: Actor) -> AdminBannerRead:
    """Change the fields that are given; equal values write nothing. With another type it comes last in that type.

    Locks the upload, then the banner; if a type is given, all banners before it. Raises BannerNotFound, StaleEdit,
    UploadNotFound, BannerPeriodInvalid, BannerLimit.
    """
    values = body.model_dump(include=body.model_fields_set - {"upload_id", "image_path"})
    values = {name: value for name, value in values.items() if value is not None or name.endswith("_at")}

    async def write() -> Banner:
        if body.upload_id is not None or body.image_path is not None:
            values["image_path"] = await path_taken(PictureChoice(upload_id=body.upload_id, image_path=body.image_path))
        there = await locks.lock_all() if "type" in values else []
        banner = await locks.lock(banner_id)
        refuse_stale(banner.version, version)
        before = _as_logged(banner)
        if "link_url" in values:
            values["link_url"] = refuse_unfit(values["link_url"], stored=[banner.link_url], at=("link_url",))
        if "type" in values and values["type"] != banner.type:
            _refuse_full(there, values["type"])
            banner.position = locks.next_position(there, values["type"])
        banner.update_from_dict(values)
        _check_period(banner)
        await _save(banner, "banner.changed", by=by, before=before)
        return banner

    return queries.admin_read(await unit_of_work(write), clock.now())


async def set_active(banner_id: int, body: BannerActive, *, by: Actor) -> AdminBannerRead:
    """Switch a banner on or off. Locks it; a repeat writes nothing. Raises BannerNotFound."""

    async def write() -> Banner:
        banner = await locks.lock(banner_id)
        before = _as_logged(banner)
        banner.is_active = body.is_active
        await _save(banner, "banner.changed", by=by, before=before)
        return banner

    return queries.admin_read(await unit_of_work(write), clock.now())


async def reorder(body: BannerOrder, *, by: Actor) -> Items[AdminBannerRead]:
    """Put the banners of one type in this order. Locks all banners, so simultaneous calls run one after the other.

    Raises BannersOfTwoTypes, and BannerOrderStale with the differences if the list is not exactly the banners of the
    type.
    """

    async def write() -> list[Banner]:
        known = {banner.id: banner for banner in await locks.lock_all()}
        kinds = {known[banner_id].type for banner_id in body.ids if banner_id in known}
        if len(kinds) > 1:
            raise BannersOfTwoTypes
        unknown = [banner_id for banner_id in body.ids if banner_id not in known]
        missing = [row.id for row in known.values() if row.type in kinds and row.id not in set(body.ids)]
        if unknown or missing:
            raise BannerOrderStale(missing=missing, unknown=unknown)
        before = sorted(body.ids, key=lambda banner_id: (known[banner_id].position, banner_id))
        ordered = [known[banner_id] for banner_id in body.ids]
        for position, banner in enumerate(ordered):
            if banner.position != position:
                banner.position = position
                await Banner.filter(id=banner.id).update(position=position)
        if before != body.ids:
            target = ("banner_order", str(ordered[0].type.value))
            await audit.record(
                "banner.reordered", by=by, target=target, before={"ids": before}, after={"ids": body.ids}
            )
        shown_changed("banners", "home")
        return ordered

    now = clock.now()
    return Items(items=[queries.admin_read(banner, now) for banner in await unit_of_work(write)])


async def remove(banner_id: int, *, version: int, by: Actor) -> None:
    """Delete a banner. Locks it. The sweep of uploads deletes its picture later, unless something else uses it.

    Raises BannerNotFound, StaleEdit.
    """

    async def write() -> None:
        banner = await locks.lock(banner_id)
        refuse_stale(banner.version, version)
        await Banner.filter(id=banner.id).delete()
        await _note("banner.removed", banner, by=by, before=_as_logged(banner), after={})

    await unit_of_work(write)


def _refuse_full(there: Sequence[Banner], kind: BannerType) -> None:
    """Raise BannerLimit if the type has MAX_OF_A_TYPE banners: `reorder` must be able to list all of them."""
    if sum(banner.type == kind for banner in there) >= MAX_OF_A_TYPE:
        raise BannerLimit(limit=MAX_OF_A_TYPE)


def _check_period(banner: Banner) -> None:
    if banner.starts_at is not None and banner.ends_at is not None and banner.ends_at <= banner.starts_at:
        raise BannerPeriodInvalid


async def _save(banner: Banner, action: str, *, by: Actor, before: dict[str, Any]) -> None:
    changed_before, changed_after = audit.changed(before, _as_logged(banner))
    if changed_after:
        banner.version += 1
        await banner.save()
        await _note(action, banner, by=by, before=changed_before, after=changed_after)


async def _note(action: str, banner: Banner, *, by: Actor, before: dict[str, Any], after: dict[str, Any]) -> None:
    await audit.record(action, by=by, target=("banner", banner.id), before=before, after=after)
    shown_changed("banners", "home")


def _as_logged(banner: Banner) -> dict[str, Any]:
    """Return the fields that the audit log keeps."""
    values = {name: getattr(banner, name) for name in FIELDS}
    moments = {
        name: clock.korean(value) if (value := values[name]) is not None else None for name in ("starts_at", "ends_at")
    }
    return {**values, **moments, "type": str(banner.type.value)}
