"""Staff routes of the seller's details and the branding."""

from typing import Annotated

from fastapi import Depends, Response

from src.app.shop.dtos.admin import AdminBrandingRead, AdminInfoRead, BrandingWrite, ShopInfoWrite
from src.app.shop.services import editing, reading
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.media.errors import UploadNotFound
from src.common.media.store import MediaStoreUnavailable
from src.common.records.audit import Acting

BannerReader = Annotated[Identity, Depends(Policy("staff", "banner:read"))]
BannerWriter = Annotated[Identity, Depends(Policy("staff", "banner:write"))]
SettingsReader = Annotated[Identity, Depends(Policy("staff", "settings:read"))]
SettingsWriter = Annotated[Identity, Depends(Policy("staff", "settings:write"))]
admin_router = new_router("/admin/shop", tags=["admin: shop info"])


@admin_router.get("/branding", operation_id="readBranding")
async def read_branding(response: Response, _: BannerReader) -> AdminBrandingRead:
    """Name, logo and favicon of the shop. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await reading.branding())


@admin_router.put(
    "/branding",
    operation_id="setBranding",
    responses=documents(IfMatchRequired, StaleEdit, UploadNotFound, MediaStoreUnavailable),
)
async def set_branding(
    body: BrandingWrite, version: EditedVersion, response: Response, by: Acting, _: BannerWriter
) -> AdminBrandingRead:
    """Set name, logo and favicon, the pictures from uploads; the favicon as PNG too. Shoppers see it at once."""
    edit = editing.set_branding(body, version=version, by=by)
    return tagged(response, await or_fresh(edit, reading.branding))


@admin_router.get("/info", operation_id="readSeller")
async def read_seller(response: Response, _: SettingsReader) -> AdminInfoRead:
    """Who sells here, as the footer says it. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await reading.details())


@admin_router.put("/info", operation_id="setSeller", responses=documents(IfMatchRequired, StaleEdit))
async def set_seller(
    body: ShopInfoWrite, version: EditedVersion, response: Response, by: Acting, _: SettingsWriter
) -> AdminInfoRead:
    """Set who sells here, all of it. Shoppers see it at once."""
    edit = editing.set_info(body, version=version, by=by)
    return tagged(response, await or_fresh(edit, reading.details))
