"""Staff routes for 판매자 취소."""

from typing import Annotated

from fastapi import Depends

from src.app.claim.dtos.admin.seller_cancels import (
    CancelResult,
    CancelResults,
    SellerCancelPreview,
    SellerCancelRows,
)
from src.app.claim.errors import BankRefundNeeded, RefundChanged
from src.app.claim.services.seller_cancels import cancelling, previewing
from src.app.fulfilment.dtos.admin.rows import row_refusals
from src.app.fulfilment.errors import LineTwice
from src.app.order.errors import LineNotFound, OrderCannotMove, UnitsTaken, WrongState
from src.app.payment.errors import RefundBlocked
from src.common.exceptions import documents
from src.common.exceptions.general import IdempotencyKeyRequired, IdempotencyKeyReused
from src.common.http.idempotency import RequestKey
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "order:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "order:write"))]
REFUSED = (LineNotFound, LineTwice, WrongState, UnitsTaken)

router = new_router("/admin/order-lines", tags=["admin: orders"])


@router.post(
    "/seller-cancel",
    operation_id="cancelOrderLines",
    responses=documents(IdempotencyKeyRequired)
    | row_refusals(
        *REFUSED,
        OrderCannotMove,
        RefundChanged,
        RefundBlocked,
        BankRefundNeeded,
        IdempotencyKeyReused,
        row=CancelResult,
        answer=CancelResults,
    ),
)
async def cancel_order_lines(body: SellerCancelRows, key: RequestKey, by: Acting, _: Writer) -> CancelResults:
    """판매자 취소: cancel up to 500 lines, whole or in part, before shipping. Each row has its own result.

    A row names the refund that its preview told; another one is refused as `REFUND_CHANGED` with the fresh sum. What
    was paid goes back to where it was paid from, and the shopper is told once. The same `Idempotency-Key` cancels
    nothing twice.
    """
    return await cancelling.cancel(body, request=key, by=by)


@router.post(
    "/seller-cancel/preview",
    operation_id="previewCancelOfOrderLines",
    responses=row_refusals(*REFUSED, row=CancelResult, answer=CancelResults),
)
async def preview_cancel_of_order_lines(body: SellerCancelPreview, _: Reader) -> CancelResults:
    """What 판매자 취소 of these lines would give back, row by row, with the cause of every won. Nothing is changed."""
    return await previewing.preview(body)
