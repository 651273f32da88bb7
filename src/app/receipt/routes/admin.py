"""Staff routes of cash receipts: by payment, and by order for manual transfers, which have no payment."""

from typing import Annotated

from fastapi import Depends, Path

from src.app.order.dtos.paths import OrderNo
from src.app.order.errors import OrderNotFound
from src.app.payment.errors import PaymentNotFound
from src.app.receipt.dtos.shapes import CashReceiptAsk, CashReceiptRead
from src.app.receipt.errors import CashReceiptIssued, CashReceiptNotForOrder, CashReceiptNotFound
from src.app.receipt.services import claiming
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Writer = Annotated[Identity, Depends(Policy("staff", "payment:confirm"))]
PaymentId = Annotated[str, Path(max_length=64, examples=["01KAG6Q6X9ZP4M3C2B1A0ZYXWV"])]
REFUSED = (CashReceiptNotForOrder, CashReceiptIssued)

router = new_router("/admin", tags=["admin: payments"])


@router.post(
    "/payments/{payment_id}/cash-receipt",
    operation_id="issueCashReceipt",
    responses=documents(PaymentNotFound, *REFUSED),
)
async def issue_cash_receipt(payment_id: PaymentId, body: CashReceiptAsk, by: Acting, _: Writer) -> CashReceiptRead:
    """Issue the cash receipt of what was paid in cash and has not gone back, also instead of 자진발급."""
    return await claiming.issue(await claiming.order_of(payment_id), body, by=by)


@router.delete(
    "/payments/{payment_id}/cash-receipt",
    operation_id="stopCashReceipt",
    responses=documents(PaymentNotFound, CashReceiptNotFound),
)
async def stop_cash_receipt(payment_id: PaymentId, by: Acting, _: Writer) -> CashReceiptRead:
    """Cancel the whole cash receipt. It stays cancelled until somebody issues one again."""
    return await claiming.stop(await claiming.order_of(payment_id), by=by)


@router.post(
    "/orders/{order_no}/cash-receipt",
    operation_id="issueCashReceiptOfOrder",
    responses=documents(OrderNotFound, *REFUSED),
)
async def issue_cash_receipt_of_order(
    order_no: OrderNo, body: CashReceiptAsk, by: Acting, _: Writer
) -> CashReceiptRead:
    """The same by the order's number, as for a manual transfer (무통장입금)."""
    return await claiming.issue(await claiming.order_numbered(order_no), body, by=by)


@router.delete(
    "/orders/{order_no}/cash-receipt",
    operation_id="stopCashReceiptOfOrder",
    responses=documents(OrderNotFound, CashReceiptNotFound),
)
async def stop_cash_receipt_of_order(order_no: OrderNo, by: Acting, _: Writer) -> CashReceiptRead:
    """The same by the order's number, as for a manual transfer (무통장입금)."""
    return await claiming.stop(await claiming.order_numbered(order_no), by=by)
