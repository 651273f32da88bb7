"""Routes of shoppers for what was delivered to them."""

from src.app.fulfilment.dtos.responses import LineState
from src.app.fulfilment.services import confirmation
from src.app.order.dtos.paths import GuestToken, LineNo, OrderNo
from src.app.order.errors import LineNotFound, OrderCannotMove, OrderNotFound, WrongState
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Shopper

ERRORS = documents(OrderNotFound, LineNotFound, OrderCannotMove, WrongState)

router = new_router("/orders/{order_no}/lines/{line_no}", tags=["shop: orders"])


@router.post("/confirm", operation_id="confirmPurchase", responses=ERRORS)
async def confirm_purchase(
    order_no: OrderNo, line_no: LineNo, by: Shopper, guest_token: GuestToken = None
) -> LineState:
    """구매확정: I keep it. A second time answers the same."""
    return await confirmation.confirm(order_no, line_no, by=by, guest_token=guest_token)


@router.post("/hold-confirmation", operation_id="holdConfirmation", responses=ERRORS)
async def hold_confirmation(
    order_no: OrderNo, line_no: LineNo, by: Shopper, guest_token: GuestToken = None
) -> LineState:
    """구매확정 보류: do not confirm it by itself for some days, once for a line. A second time answers the same."""
    return await confirmation.hold(order_no, line_no, by=by, guest_token=guest_token)
