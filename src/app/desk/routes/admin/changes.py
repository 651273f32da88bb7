"""Staff routes that change an order before it is sent."""

from typing import Annotated

from fastapi import Depends

from src.app.checkout.errors import DepositArrived, LateRefundUnderWay
from src.app.desk.dtos.admin.changes import OptionChange, OrderRevive, StaffShippingChange
from src.app.desk.dtos.admin.orders import OrderDetail
from src.app.desk.services import changes
from src.app.order.dtos.paths import LineNo, OrderNo
from src.app.order.errors import (
    LineNotFound,
    NothingLeft,
    OptionOfOtherPrice,
    OptionUnknown,
    OrderCannotMove,
    OrderNotFound,
    ShippingFixed,
    ShippingZoneDiffers,
    WrongState,
)
from src.app.product.errors import StockShort
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Writer = Annotated[Identity, Depends(Policy("staff", "order:write"))]

router = new_router("/admin/orders", tags=["admin: orders"])


@router.post(
    "/{order_no}/lines/{line_no}/change-option",
    operation_id="changeOptionOfLine",
    responses=documents(OrderNotFound, LineNotFound, WrongState, OptionUnknown, OptionOfOtherPrice, StockShort),
)
async def change_option_of_line(
    order_no: OrderNo, line_no: LineNo, body: OptionChange, by: Acting, _: Writer
) -> OrderDetail:
    """옵션 변경: another colour or size of the same product, before anything of the line was sent. What the line holds of
    the stock moves along. An option of another price is refused. The answer is masked."""
    return await changes.change_option(order_no, line_no, body, by=by)


@router.patch(
    "/{order_no}/shipping",
    operation_id="changeShippingByStaff",
    responses=documents(OrderNotFound, ShippingFixed, ShippingZoneDiffers),
)
async def change_shipping_by_staff(order_no: OrderNo, body: StaffShippingChange, by: Acting, _: Writer) -> OrderDetail:
    """배송지 변경, before a parcel of the order was made. An address in a zone with another surcharge is refused, dearer or
    cheaper. What was printed before is stale from then on. The answer is masked."""
    return await changes.change_shipping(order_no, body, by=by)


@router.post(
    "/{order_no}/revive",
    operation_id="reviveOrder",
    responses=documents(
        OrderNotFound, OrderCannotMove, LateRefundUnderWay, DepositArrived, LineNotFound, NothingLeft, StockShort
    ),
)
async def revive_order(order_no: OrderNo, body: OrderRevive, by: Acting, _: Writer) -> OrderDetail:
    """Bring an expired order back with a fresh hold, at its old prices: to PENDING, where the buyer pays by another try,
    or to AWAITING_DEPOSIT for a manual transfer. Lines
    that are short are named in `lines` of `STOCK_SHORT`; with `without` the order goes on without them. An order that
    was revived and still waits is answered as it is. The answer is masked."""
    return await changes.revive(order_no, body, by=by)
