"""Route of the buyer's change of address."""

from src.app.checkout.dtos.orders import OrderRead
from src.app.checkout.dtos.shipping import ShippingChange
from src.app.checkout.services.changes import shipping
from src.app.order.dtos.paths import GuestToken, OrderNo
from src.app.order.errors import OrderNotFound, ShippingFixed, ShippingZoneDiffers
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Shopper

router = new_router("/orders", tags=["shop: orders"])


@router.patch(
    "/{order_no}/shipping",
    operation_id="changeShippingOfOrder",
    responses=documents(OrderNotFound, ShippingFixed, ShippingZoneDiffers),
)
async def change_shipping_of_order(
    order_no: OrderNo, body: ShippingChange, by: Shopper, guest_token: GuestToken = None
) -> OrderRead:
    """Change recipient, address or memo of an order of which no parcel was made yet. An address in a zone with another
    surcharge is refused: cancel and order anew, or ask the shop."""
    return await shipping.change(order_no, body, by=by, guest_token=guest_token)
