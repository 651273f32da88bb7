"""Staff routes of banners."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.banner.dtos.admin import (
    AdminBannerQuery,
    AdminBannerRead,
    BannerActive,
    BannerChange,
    BannerCreate,
    BannerOrder,
)
from src.app.banner.errors import (
    BannerLimit,
    BannerNotFound,
    BannerOrderStale,
    BannerPeriodInvalid,
    BannersOfTwoTypes,
)
from src.app.banner.services import editing, queries
from src.common.dtos.pages import Items, Page
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.media.errors import UploadNotFound
from src.common.records.audit import Acting

BannerReader = Annotated[Identity, Depends(Policy("staff", "banner:read"))]
BannerWriter = Annotated[Identity, Depends(Policy("staff", "banner:write"))]
EDIT = (BannerNotFound, IfMatchRequired, StaleEdit)
BannerId = Annotated[int, Path(ge=1, le=2**63 - 1)]
admin_router = new_router("/admin/banners", tags=["admin: banners"])


@admin_router.get("", operation_id="listAllBanners")
async def list_all_banners(query: Annotated[AdminBannerQuery, Query()], _: BannerReader) -> Page[AdminBannerRead]:
    """Banners of every state, by type and in the order to show."""
    return await queries.listed(query)


@admin_router.post(
    "",
    operation_id="createBanner",
    status_code=201,
    responses=documents(UploadNotFound, BannerPeriodInvalid, BannerLimit),
)
async def create_banner(body: BannerCreate, by: Acting, _: BannerWriter) -> AdminBannerRead:
    """Add a banner with an uploaded picture, behind the others of its type."""
    return await editing.create(body, by=by)


@admin_router.patch("/reorder", operation_id="reorderBanners", responses=documents(BannersOfTwoTypes, BannerOrderStale))
async def reorder_banners(body: BannerOrder, by: Acting, _: BannerWriter) -> Items[AdminBannerRead]:
    """Order all banners of one type. A list that lacks one or knows one that is gone is refused as a whole."""
    return await editing.reorder(body, by=by)


@admin_router.get("/{banner_id}", operation_id="readBanner", responses=documents(BannerNotFound))
async def read_banner(banner_id: BannerId, response: Response, _: BannerReader) -> AdminBannerRead:
    """One banner, whatever its state. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await queries.one(banner_id))


@admin_router.patch(
    "/{banner_id}",
    operation_id="changeBanner",
    responses=documents(*EDIT, UploadNotFound, BannerPeriodInvalid, BannerLimit),
)
async def change_banner(
    banner_id: BannerId, body: BannerChange, version: EditedVersion, response: Response, by: Acting, _: BannerWriter
) -> AdminBannerRead:
    """Change what is given; the rest stays."""
    edit = editing.change(banner_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(queries.one, banner_id)))


@admin_router.patch("/{banner_id}/active", operation_id="setBannerActive", responses=documents(BannerNotFound))
async def set_banner_active(banner_id: BannerId, body: BannerActive, by: Acting, _: BannerWriter) -> AdminBannerRead:
    """Switch a banner on or off. It is set, not toggled."""
    return await editing.set_active(banner_id, body, by=by)


@admin_router.delete("/{banner_id}", operation_id="removeBanner", status_code=204, responses=documents(*EDIT))
async def remove_banner(banner_id: BannerId, version: EditedVersion, by: Acting, _: BannerWriter) -> None:
    """Remove a banner for good."""
    await or_fresh(editing.remove(banner_id, version=version, by=by), partial(queries.one, banner_id))
