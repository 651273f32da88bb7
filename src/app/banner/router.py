"""Routes of the banner domain."""

from functools import partial
from typing import Annotated

from fastapi import Query, Request, Response

from src.app.banner.dtos.requests import BannerQuery
from src.app.banner.dtos.responses import BannerRead
from src.app.banner.routes.admin import admin_router
from src.app.banner.services import showing
from src.common.dtos.pages import Items
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.identity import Guest

__all__ = ["admin_router", "router"]

router = public_router(tags=["shop: banners"])


@router.get("/banners", operation_id="listBanners", response_model=Items[BannerRead], responses=public_answers())
async def list_banners(query: Annotated[BannerQuery, Query()], request: Request, _: Guest) -> Response:
    """Banners that are active now, in the order to show."""
    return await public_read(request, ("banners", query.type), partial(showing.banners_json, query.type))
