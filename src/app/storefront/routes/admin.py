"""Staff routes of the storefront domain."""

from typing import Annotated

from fastapi import Depends, Response

from src.app.storefront.dtos.admin import FooterLinks, FooterSetting, PromoBar, PromoBarSetting
from src.app.storefront.services import settings
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "settings:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "settings:write"))]

EDIT = documents(IfMatchRequired, StaleEdit)

router = new_router("/admin/storefront", tags=["admin: storefront"])


@router.get("/promo-bar", operation_id="readPromoBar")
async def read_promo_bar(response: Response, _: Reader) -> PromoBarSetting:
    """The line above the header, shown now or not. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await settings.promo_bar())


@router.put("/promo-bar", operation_id="setPromoBar", responses=EDIT)
async def set_promo_bar(
    body: PromoBar, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> PromoBarSetting:
    """Set the line above the header, its link and its period."""
    edit = settings.set_promo_bar(body, version=version, by=by)
    return tagged(response, await or_fresh(edit, settings.promo_bar))


@router.get("/footer-links", operation_id="readFooterLinks")
async def read_footer_links(response: Response, _: Reader) -> FooterSetting:
    """The links of the footer, in their order. Send the `ETag` as `If-Match` with an edit."""
    return tagged(response, await settings.footer_links())


@router.put("/footer-links", operation_id="setFooterLinks", responses=EDIT)
async def set_footer_links(
    body: FooterLinks, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> FooterSetting:
    """Set all links of the footer."""
    edit = settings.set_footer_links(body, version=version, by=by)
    return tagged(response, await or_fresh(edit, settings.footer_links))
