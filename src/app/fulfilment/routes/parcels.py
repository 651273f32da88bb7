"""Routes for shoppers: where the parcels of an order are."""

from src.app.fulfilment.dtos.parcels import NotReceived, OrderTracking
from src.app.fulfilment.services.shoppers import contesting, tracking
from src.app.order.dtos.paths import GuestToken, LineNo, OrderNo
from src.app.order.errors import LineNotFound, OrderCannotMove, OrderNotFound, UnitsTaken, WrongState
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Shopper

NOTHING_SAID = NotReceived()

router = new_router("/orders", tags=["shop: orders"])


@router.get("/{order_no}/tracking", operation_id="trackOrder", responses=documents(OrderNotFound))
async def track_order(order_no: OrderNo, by: Shopper, guest_token: GuestToken = None) -> OrderTracking:
    """Where the parcels of my order are. A guest sends ``X-Guest-Token``."""
    return await tracking.of_order(order_no, by=by, guest_token=guest_token)


@router.post(
    "/{order_no}/lines/{line_no}/not-received",
    operation_id="reportNotReceived",
    responses=documents(OrderNotFound, LineNotFound, WrongState, OrderCannotMove, UnitsTaken),
)
async def report_not_received(
    order_no: OrderNo, line_no: LineNo, by: Shopper, body: NotReceived = NOTHING_SAID, guest_token: GuestToken = None
) -> OrderTracking:
    """Say that what is called delivered did not arrive. The purchase does not confirm itself meanwhile."""
    return await contesting.not_received(order_no, line_no, body, by=by, guest_token=guest_token)
