"""Routes of cash receipts for buyers."""

from src.app.order.dtos.paths import GuestToken, OrderNo
from src.app.order.errors import OrderNotFound
from src.app.receipt.dtos.shapes import CashReceiptAsk, CashReceiptRead
from src.app.receipt.errors import CashReceiptIssued, CashReceiptNotForOrder
from src.app.receipt.services import claiming
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Shopper

router = new_router(tags=["shop: orders"])


@router.post(
    "/orders/{order_no}/cash-receipt",
    operation_id="claimCashReceipt",
    responses=documents(OrderNotFound, CashReceiptNotForOrder, CashReceiptIssued),
)
async def claim_cash_receipt(
    order_no: OrderNo, body: CashReceiptAsk, by: Shopper, guest_token: GuestToken = None
) -> CashReceiptRead:
    """Have the cash receipt (현금영수증) of my paid order issued for my number, also instead of one that was issued by
    itself (자진발급). It is issued within moments; the same again changes nothing."""
    return await claiming.claim(order_no, body, by=by, guest_token=guest_token)
