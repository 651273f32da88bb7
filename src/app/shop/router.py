"""Routes of the shop domain."""

from fastapi import Request, Response

from src.app.shop.dtos.responses import ShopInfoRead
from src.app.shop.routes.admin import admin_router
from src.app.shop.services import reading
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.identity import Guest

__all__ = ["admin_router", "router"]

router = public_router(tags=["shop: shop info"])


@router.get("/shop/info", operation_id="readShopInfo", response_model=ShopInfoRead, responses=public_answers())
async def read_shop_info(request: Request, _: Guest) -> Response:
    """The shop's name and logo, and who sells here."""
    return await public_read(request, ("shop_info",), reading.shop_info_json)
