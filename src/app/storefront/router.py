"""Routes of the storefront domain."""

from fastapi import Request, Response

from src.app.storefront.dtos.responses import HomeRead
from src.app.storefront.services import home
from src.common.utils.bytes_cache import public_answers, public_read, public_router
from src.common.utils.identity import Guest

router = public_router(tags=["storefront"])


@router.get("/home", response_model=HomeRead, responses=public_answers())
async def read_home(request: Request, _: Guest) -> Response:
    """Banners, promotions and the three hand-picked lists in one answer."""
    return await public_read(request, ("home",), home.home_json)
