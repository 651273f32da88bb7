"""Staff routes of refund accounts."""

from typing import Annotated

from fastapi import Depends

from src.app.order.dtos.paths import OrderNo
from src.app.order.errors import OrderNotFound
from src.app.payment.dtos.admin.refund_accounts import AdminRefundAccountRead, RefundAccountAccept
from src.app.payment.errors import RefundAccountAccepted, RefundAccountNotFound
from src.app.payment.services.refunds import account_review
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "payment:read"))]
Reconciler = Annotated[Identity, Depends(Policy("staff", "payment:reconcile"))]

router = new_router("/admin/orders", tags=["admin: payments"])


@router.get(
    "/{order_no}/refund-account",
    operation_id="readOrderRefundAccount",
    responses=documents(OrderNotFound, RefundAccountNotFound),
)
async def read_order_refund_account(order_no: OrderNo, _: Reader) -> AdminRefundAccountRead:
    """The account that refunds of an order go to, masked, and other orders with the same one."""
    return await account_review.read(order_no)


@router.post(
    "/{order_no}/refund-account/accept",
    operation_id="acceptRefundAccount",
    responses=documents(OrderNotFound, RefundAccountNotFound, RefundAccountAccepted),
)
async def accept_refund_account(
    order_no: OrderNo, body: RefundAccountAccept, by: Acting, _: Reconciler
) -> AdminRefundAccountRead:
    """Accept an account whose holder is neither the orderer nor the recipient. Refunds that waited for it are sent."""
    return await account_review.accept(order_no, body.reason, by=by)
