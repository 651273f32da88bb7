"""Staff routes of one order."""

from typing import Annotated

from fastapi import Depends, Query

from src.app.checkout.errors import OrderAlreadyPaid, OrderHasExpired, PaymentInProgress
from src.app.desk.dtos.admin.cancels import OrderResults, OrdersCancel, order_refusals
from src.app.desk.dtos.admin.orders import NoteCreate, NoteRead, OrderDetail
from src.app.desk.services import cancelling, notes, orders
from src.app.order.dtos.paths import OrderNo
from src.app.order.errors import OrderNotFound, OrderTwice
from src.app.payment.errors import PaymentProviderUnavailable
from src.common.dtos.reasons import Looking
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "order:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "order:write"))]
Noter = Annotated[Identity, Depends(Policy("staff", "order:note"))]

router = new_router("/admin/orders", tags=["admin: orders"])


@router.get("/{order_no}", operation_id="readOrderOfDesk", responses=documents(OrderNotFound))
async def read_order_of_desk(
    order_no: OrderNo, asked: Annotated[Looking, Query()], by: Acting, _: Reader
) -> OrderDetail:
    """An order with lines, payments, refunds, timeline, notes and messages. Masked and logged like the list."""
    return await orders.one(order_no, asked, by=by)


@router.post(
    "/bulk-cancel",
    operation_id="cancelUnpaidOrders",
    responses=order_refusals(
        OrderNotFound, OrderTwice, OrderAlreadyPaid, OrderHasExpired, PaymentInProgress, PaymentProviderUnavailable
    ),
)
async def cancel_unpaid_orders(body: OrdersCancel, by: Acting, _: Writer) -> OrderResults:
    """판매자 주문취소: give up to 500 unpaid orders up. Each order has its own result. PortOne is asked about each payment
    first: what was paid settles the order, an open virtual account is closed. One that was cancelled before counts as
    done."""
    return await cancelling.cancel(body, by=by)


@router.post("/{order_no}/notes", operation_id="addOrderNote", status_code=201, responses=documents(OrderNotFound))
async def add_order_note(order_no: OrderNo, body: NoteCreate, by: Acting, _: Noter) -> NoteRead:
    """Add a note for other staff. Notes are not changed afterwards."""
    return await notes.add(order_no, body, by=by)
