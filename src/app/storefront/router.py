"""Routes of the storefront domain."""

from fastapi import Request, Response

from src.app.storefront.dtos.responses import Bootstrap, HomeRead
from src.app.storefront.routes import admin
from src.app.storefront.services import frame, home
from src.common.utils.bytes_cache import public_answers, public_read, public_router
from src.common.utils.identity import Guest
from src.common.utils.routing import new_router, take_routes

router = public_router(tags=["storefront"])
admin_router = new_router()
take_routes(admin_router, admin.router)


@router.get("/home", response_model=HomeRead, responses=public_answers())
async def read_home(request: Request, _: Guest) -> Response:
    """Banners, promotions and the three hand-picked lists in one answer."""
    return await public_read(request, ("home",), home.home_json)


@router.get("/storefront/bootstrap", response_model=Bootstrap, responses=public_answers())
async def read_bootstrap(request: Request, _: Guest) -> Response:
    """What every page needs once: menu, promo bar, footer links, policies in force."""
    return await public_read(request, ("bootstrap",), frame.bootstrap_json)
