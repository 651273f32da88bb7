"""Staff routes of deposits for orders."""

from typing import Annotated

from fastapi import Depends, Response

from src.app.checkout.services.transfers import confirming
from src.app.deposit.dtos.admin import TransferConfirm, TransferOfDesk
from src.app.deposit.errors import DepositInFuture, DepositsChanged, NoTransferExpected
from src.app.order.dtos.paths import OrderNo
from src.app.order.errors import OrderNotFound
from src.common.exceptions import documents
from src.common.exceptions.general import IdempotencyInProgress, IdempotencyKeyRequired, IdempotencyKeyReused
from src.common.http.idempotency import RequestKey
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Confirmer = Annotated[Identity, Depends(Policy("staff", "payment:confirm"))]
KEYED = (IdempotencyKeyRequired, IdempotencyKeyReused, IdempotencyInProgress)

router = new_router("/admin/orders", tags=["admin: orders"])


@router.post(
    "/{order_no}/confirm-transfer",
    operation_id="confirmTransfer",
    responses=documents(OrderNotFound, NoTransferExpected, DepositsChanged, DepositInFuture, *KEYED),
)
async def confirm_transfer(
    order_no: OrderNo, body: TransferConfirm, key: RequestKey, response: Response, by: Acting, _: Confirmer
) -> TransferOfDesk:
    """Record a deposit (무통장입금 확인). Once the order's total is there, it is paid.

    Less than the total, more than it, and a deposit after the order's end go on the list of discrepancies; nothing is
    revived by itself. The same key again records nothing more.
    """
    told, replayed = await confirming.confirm(order_no, body, by=by, request=key)
    if replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return told
