"""Routes of the storefront domain."""

from fastapi import Request, Response

from src.app.storefront.dtos.responses import Badges, Bootstrap, HomeRead
from src.app.storefront.routes import admin, feeds
from src.app.storefront.services import badges, frame, home
from src.common.exceptions import documents
from src.common.exceptions.general import CartStoreUnavailable
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.http.routing import new_router, take_routes
from src.common.identity import Guest, Member

router = public_router(tags=["shop: storefront"])
plain = new_router(tags=["shop: storefront"])
admin_router = new_router()
take_routes(admin_router, admin.router)


@router.get("/home", operation_id="readHome", response_model=HomeRead, responses=public_answers())
async def read_home(request: Request, _: Guest) -> Response:
    """Banners, promotions and the three hand-picked lists in one answer."""
    return await public_read(request, ("home",), home.home_json)


@router.get("/storefront/bootstrap", operation_id="readBootstrap", response_model=Bootstrap, responses=public_answers())
async def read_bootstrap(request: Request, _: Guest) -> Response:
    """What every page needs once: menu, promo bar, footer links, policies in force, who sells here."""
    return await public_read(request, ("bootstrap",), frame.bootstrap_json)


@plain.get("/me/badges", operation_id="readBadges", responses=documents(CartStoreUnavailable))
async def read_badges(by: Member) -> Badges:
    """The small numbers in the header: lines of my cart, notices that I have not seen."""
    return await badges.badges_of(by)


take_routes(router, plain)
take_routes(router, feeds.router)
files_router = feeds.root_router
