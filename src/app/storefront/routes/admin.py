"""Staff routes of the storefront domain."""

from typing import Annotated

from fastapi import Depends

from src.app.storefront.dtos.requests import FooterLinks, PromoBar
from src.app.storefront.services import settings
from src.common.utils.audit import Acting
from src.common.utils.identity import Identity, Policy
from src.common.utils.routing import new_router

Reader = Annotated[Identity, Depends(Policy("staff", "settings:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "settings:write"))]

router = new_router("/admin/storefront", tags=["back-office storefront"])


@router.get("/promo-bar", operation_id="readPromoBar")
async def read_promo_bar(_: Reader) -> PromoBar:
    """The line above the header, shown now or not."""
    return await settings.promo_bar()


@router.put("/promo-bar", operation_id="setPromoBar")
async def set_promo_bar(body: PromoBar, by: Acting, _: Writer) -> PromoBar:
    """Set the line above the header, its link and its period."""
    return await settings.set_promo_bar(body, by=by)


@router.get("/footer-links", operation_id="readFooterLinks")
async def read_footer_links(_: Reader) -> FooterLinks:
    """The links of the footer, in their order."""
    return await settings.footer_links()


@router.put("/footer-links", operation_id="setFooterLinks")
async def set_footer_links(body: FooterLinks, by: Acting, _: Writer) -> FooterLinks:
    """Set all links of the footer."""
    return await settings.set_footer_links(body, by=by)
