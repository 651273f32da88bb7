"""Staff routes for refunds: 환불 관리."""

from typing import Annotated

from fastapi import Depends, Path, Query

from src.app.payment.dtos.admin.refunds import RefundQuery, RefundRead, RefundRetry
from src.app.payment.errors import RefundNotFound, RefundNotRetryable
from src.app.payment.services.refunds import staff as refunds
from src.common.dtos.pages import Page
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "payment:read"))]
RefundSender = Annotated[Identity, Depends(Policy("staff", "refund:send"))]
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]

router = new_router("/admin", tags=["admin: payments"])


@router.get("/refunds", operation_id="listRefunds")
async def list_refunds(asked: Annotated[RefundQuery, Query()], _: Reader) -> Page[RefundRead]:
    """환불 관리: refunds by state, reason, means, day, order or payment, the newest first. What is late: `overdue`."""
    return await refunds.find(asked)


@router.post(
    "/refunds/{refund_id}/retry",
    operation_id="retryRefund",
    responses=documents(RefundNotFound, RefundNotRetryable),
)
async def retry_refund(refund_id: RowId, body: RefundRetry, by: Acting, _: RefundSender) -> RefundRead:
    """Try a refund again now instead of at its next time. PortOne is asked first, so nothing goes back twice; a blocked
    one is sent once what blocked it is resolved."""
    return await refunds.retry(refund_id, body.reason, by=by)
