"""Routes of the shipping domain."""

from fastapi import Request, Response

from src.app.shipping.dtos.responses import ShippingFeesRead
from src.app.shipping.routes import receiving
from src.app.shipping.routes.admin import business_days, couriers, settings
from src.app.shipping.services import telling
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.http.routing import new_router, take_routes
from src.common.identity import Guest

__all__ = ["admin_router", "router"]

router = public_router(tags=["shop: shipping"])
take_routes(router, receiving.router)
admin_router = new_router()
take_routes(admin_router, business_days.router, couriers.router, settings.router, settings.form_router)


@router.get(
    "/shipping/fees", operation_id="readShippingFees", response_model=ShippingFeesRead, responses=public_answers()
)
async def read_shipping_fees(request: Request, _: Guest) -> Response:
    """What shipping, a return and an exchange cost, and how goods may be shipped."""
    return await public_read(request, ("shipping",), telling.fees_json)
