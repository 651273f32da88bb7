"""Staff routes for lines before they are sent."""

from typing import Annotated

from fastapi import Depends

from src.app.fulfilment.dtos.admin.procurement import AttributeChange, Delay, Lines
from src.app.fulfilment.dtos.admin.rows import RowResults, row_refusals
from src.app.fulfilment.errors import DueDateOutOfRange, LineTwice
from src.app.fulfilment.services import procurement
from src.app.order.errors import LineNotFound, OrderCannotMove, UnitsTaken, WrongState
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Writer = Annotated[Identity, Depends(Policy("staff", "order:write"))]
ROWS = row_refusals(LineNotFound, LineTwice, WrongState, UnitsTaken, OrderCannotMove)

router = new_router("/admin/order-lines", tags=["admin: orders"])


@router.post("/confirm", operation_id="confirmOrderLines", responses=ROWS)
async def confirm_order_lines(body: Lines, by: Acting, _: Writer) -> RowResults:
    """발주확인: take up to 500 lines into work. Each line has its own result."""
    return await procurement.confirm(body, by=by)


@router.post("/unconfirm", operation_id="unconfirmOrderLines", responses=ROWS)
async def unconfirm_order_lines(body: Lines, by: Acting, _: Writer) -> RowResults:
    """발주확인 취소: take it back for lines of which nothing was sent yet."""
    return await procurement.unconfirm(body, by=by)


@router.post(
    "/delay",
    operation_id="delayOrderLines",
    responses=row_refusals(LineNotFound, LineTwice, WrongState, DueDateOutOfRange),
)
async def delay_order_lines(body: Delay, by: Acting, _: Writer) -> RowResults:
    """발송지연: name a later day and a reason that the shopper reads. Once a line, until the delay is lifted."""
    return await procurement.delay(body, by=by)


@router.post("/lift-delay", operation_id="liftDelayOfOrderLines", responses=ROWS)
async def lift_delay_of_order_lines(body: Lines, by: Acting, _: Writer) -> RowResults:
    """발송지연 해제: the lines are due as before."""
    return await procurement.lift_delay(body, by=by)


@router.patch("/bulk", operation_id="changeOrderLines", responses=ROWS)
async def change_order_lines(body: AttributeChange, by: Acting, _: Writer) -> RowResults:
    """배송속성 변경: how up to 500 lines are to be sent."""
    return await procurement.set_attribute(body, by=by)
