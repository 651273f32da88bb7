"""Routes of the promotion domain."""

from functools import partial
from typing import Annotated

from fastapi import Path, Request, Response

from src.app.product.dtos.responses import ProductCard
from src.app.promotion_product.errors import PromotionNotFound
from src.app.promotion_product.routes import admin
from src.app.promotion_product.services import picks
from src.common.dtos.pages import Items
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.http.routing import new_router, take_routes
from src.common.identity import Guest

router = public_router(tags=["shop: promotions"])
admin_router = new_router()
take_routes(admin_router, admin.router)

Code = Annotated[str, Path(description="`best`, `md_pick` or `new`.", examples=["best"])]


@router.get(
    "/promotions/{code}/products",
    operation_id="listPromotionProducts",
    response_model=Items[ProductCard],
    responses=public_answers(PromotionNotFound),
)
async def list_picks(code: Code, request: Request, _: Guest) -> Response:
    """The products of a list in its order, those not for sale left out. `new` may be by rule: the latest releases."""
    return await public_read(request, ("picks", code), partial(picks.picks_json, code))
