"""Routes of the account that refunds of an order go to."""

from src.app.order.dtos.paths import GuestToken, OrderNo
from src.app.order.errors import OrderNotFound
from src.app.payment.dtos.refund_accounts import RefundAccountGive, RefundAccountShown
from src.app.payment.errors import RefundAccountFixed, RefundAccountNotNeeded
from src.app.payment.services.refunds import accounts
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Shopper

router = new_router("/orders", tags=["shop: payments"])


@router.get("/{order_no}/refund-account", operation_id="readRefundAccount", responses=documents(OrderNotFound))
async def read_refund_account(order_no: OrderNo, by: Shopper, guest_token: GuestToken = None) -> RefundAccountShown:
    """Whether refunds of my order need a bank account, and the one I gave, masked."""
    return await accounts.read(order_no, by=by, guest_token=guest_token)


@router.post(
    "/{order_no}/refund-account",
    operation_id="giveRefundAccount",
    responses=documents(OrderNotFound, RefundAccountNotNeeded, RefundAccountFixed),
)
async def give_refund_account(
    order_no: OrderNo, body: RefundAccountGive, by: Shopper, guest_token: GuestToken = None
) -> RefundAccountShown:
    """Say where refunds of my order should go: what was deposited cannot go back by itself. Another one replaces it
    until a refund is under way; the orderer is told of each change."""
    return await accounts.give(order_no, body, by=by, guest_token=guest_token)
