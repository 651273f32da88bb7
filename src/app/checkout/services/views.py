"""Build response bodies from rows."""

from collections.abc import Sequence
from typing import Any, Final

from src.app.checkout.dtos.orders import (
    DelayShown,
    OrdererShown,
    OrderLineShown,
    OrderListed,
    OrderRead,
    PaymentShown,
    ShippingShown,
    TimelineEntry,
)
from src.app.checkout.dtos.responses import (
    OrderLineRead,
    OrderPlaced,
    PaymentOfOrder,
    PaymentRead,
    VirtualAccount,
)
from src.app.checkout.services.paying.window import payment_view
from src.app.deposit.dtos.responses import DepositWanted
from src.app.deposit.models import ManualTransfer
from src.app.deposit.services.queries import deposits_of, is_transfer, transfers_of
from src.app.deposit.services.views import deposit_wanted
from src.app.fulfilment.services.shoppers import tracking
from src.app.order.models import Order, OrderEvent, OrderLine
from src.app.order.services import guest_tokens, queries
from src.app.order.services.changes.actions import SHOPPERS, allowed_actions
from src.app.order.services.lines.actions import allowed_actions as line_actions
from src.app.payment.models import Payment
from src.app.payment.services.queries import of_orders
from src.app.payment.services.virtual_accounts import waits_for
from src.app.product.models import TaxType
from src.app.product.services.media import media_url
from src.app.receipt.dtos.shapes import CashReceiptRead
from src.app.receipt.services.basis import IN_CASH
from src.app.receipt.services.reading import by_order as receipts_of
from src.common.dtos.alts import alt_of

BOUGHT: Final = (
    *("line_no", "variant_id", "product_id", "product_code", "name", "color", "size"),
    *("quantity", "unit_price", "line_total", "tax_type"),
)
NOW: Final = ("status", "cancelled", "shipped", "delivered", "ship_by")


def placed_view(
    order: Order, lines: Sequence[OrderLine], payment: Payment | None, transfer: ManualTransfer | None = None
) -> OrderPlaced:
    """Build the answer of ``POST /orders``. For a replay the guest token is the same again."""
    token = None if order.member_id else guest_tokens.issue(order, since=order.created_at)
    opened = payment_view(payment, order, lines) if payment else None
    deposit = deposit_wanted(transfer) if transfer else None
    return OrderPlaced(**_sums(order), lines=_lines(lines), payment=opened, deposit=deposit, guest_token=token)


async def shown(order: Order) -> OrderRead:
    """Return the order as its owner sees it, with everything. The caller has checked that it may be shown."""
    lines, payments, events = await _rows([order])
    tries = payments[order.id]
    is_sent = any(line.shipped_at is not None for line in lines[order.id])
    return OrderRead(
        **_shown(order, lines[order.id], events[order.id]),
        deposit=(await _told(lines)).get(order.id),
        orderer=OrdererShown(name=order.orderer_name, phone=order.orderer_phone, email=order.orderer_email),
        shipping=ShippingShown(
            recipient=order.recipient,
            phone=order.recipient_phone,
            zipcode=order.zipcode,
            address=order.address,
            address_detail=order.address_detail,
            memo=order.memo,
        ),
        paid_at=order.paid_at,
        payments=[_payment_shown(payment, order) for payment in tries],
        cash_receipt=await _receipt(order, lines[order.id]),
        shipments=(await tracking.shown(order)).shipments if is_sent else [],
    )


async def _receipt(order: Order, lines: Sequence[OrderLine]) -> CashReceiptRead | None:
    """Return the order's cash receipt. No statement for one that was not to be paid in cash."""
    if not any(line.pay_method in IN_CASH for line in lines):
        return None
    return (await receipts_of([order.id])).get(order.id)


async def listed(orders: Sequence[Order]) -> list[OrderListed]:
    """Return these orders as a list shows them. Three queries if all are live, two more for manual transfers."""
    lines, payments, events = await _rows(orders)
    told = await _told(lines)
    return [
        OrderListed(
            **_shown(order, lines[order.id], events[order.id]),
            deposit=told.get(order.id),
            payments=[PaymentOfOrder(**_try(payment)) for payment in payments[order.id]],
        )
        for order in orders
    ]


async def _rows(
    orders: Sequence[Order],
) -> tuple[dict[int, list[OrderLine]], dict[int, list[Payment]], dict[int, list[OrderEvent]]]:
    ids = [order.id for order in orders]
    return await queries.lines_of(ids), await of_orders(ids), await queries.events_of(ids)


async def _told(lines: dict[int, list[OrderLine]]) -> dict[int, DepositWanted]:
    """Return what is still to be deposited, by order id, of the orders that are paid by a manual transfer."""
    return await _deposits([order_id for order_id, held in lines.items() if is_transfer(held)])


async def _deposits(order_ids: Sequence[int]) -> dict[int, DepositWanted]:
    transfers, deposits = await transfers_of(order_ids), await deposits_of(order_ids)
    return {key: deposit_wanted(transfer, deposits.get(key, ())) for key, transfer in transfers.items()}


def _shown(order: Order, lines: Sequence[OrderLine], events: Sequence[OrderEvent]) -> dict[str, Any]:
    return {
        **_sums(order),
        "lines": [_line_shown(line) for line in lines],
        "created_at": order.created_at,
        "timeline": [_hop(event) for event in events],
        "allowed_actions": allowed_actions(order, lines, among=SHOPPERS),
    }


def _hop(event: OrderEvent) -> TimelineEntry:
    return TimelineEntry(
        at=event.created_at,
        from_status=event.from_status or None,
        to_status=event.to_status,
        by=event.actor.partition(":")[0],
        reason=event.reason,
    )


def _try(payment: Payment) -> dict[str, Any]:
    return {
        "payment_id": payment.payment_id,
        "payment_status": payment.status,
        "pay_method": payment.pay_method,
        "paid_with": payment.paid_with,
        "failure_reason": payment.failure or None,
    }


def _payment_shown(payment: Payment, order: Order) -> PaymentShown:
    return PaymentShown(
        **_try(payment),
        total_amount=payment.total_amount,
        paid_amount=payment.paid_amount,
        cancelled_amount=payment.cancelled_amount,
        paid_at=payment.paid_at,
        receipt_url=payment.receipt_url or None,
        virtual_account=_account(payment, order),
    )


def _account(payment: Payment, order: Order) -> VirtualAccount | None:
    """Return the account to pay into, while the order waits for it."""
    if not payment.account_number or not waits_for(order, payment):
        return None
    return VirtualAccount(
        bank=payment.account_bank,
        number=payment.account_number,
        holder=payment.account_holder,
        due_at=payment.account_due_at,
    )


def payment_state(payment: Payment, order: Order) -> PaymentRead:
    """Build the state of a payment and its order."""
    return PaymentRead(
        order_no=order.order_no,
        order_status=order.status,
        payment_status=payment.status,
        paid_with=payment.paid_with,
        failure_reason=payment.failure or None,
        receipt_url=payment.receipt_url or None,
        virtual_account=_account(payment, order),
    )


def _sums(order: Order) -> dict[str, object]:
    names = ("order_no", "status", "item_total", "discount_total", "shipping_fee", "points_used", "total", "expires_at")
    return {
        **{name: getattr(order, name) for name in names},
        **_taxes(order.total, tax_free=order.tax_free_amount, vat=order.vat_amount),
    }


def _lines(lines: Sequence[OrderLine]) -> list[OrderLineRead]:
    return [OrderLineRead(**_line(line)) for line in lines]


def _line(line: OrderLine) -> dict[str, Any]:
    paid = line.line_total - line.discount_share - line.points_share
    tax_free = paid if line.tax_type == TaxType.TAX_FREE else 0
    return {
        **{name: getattr(line, name) for name in BOUGHT},
        "image_url": media_url(line.image_path) if line.image_path else "",
        "alt": alt_of("", line.name, line.color),
        **_taxes(paid, tax_free=tax_free, vat=line.vat_amount),
    }


def _line_shown(line: OrderLine) -> OrderLineShown:
    delay = None
    if line.delayed_until is not None and line.delay_reason is not None:
        delay = DelayShown(reason=line.delay_reason, detail=line.delay_text, expected_ship_on=line.delayed_until)
    return OrderLineShown(
        **_line(line),
        **{name: getattr(line, name) for name in NOW},
        delay=delay,
        allowed_actions=line_actions(line, to_shopper=True),
    )


def _taxes(paid: int, *, tax_free: int, vat: int | None) -> dict[str, Any]:
    """Return the fields of Amounts: the parts of what is paid, null while the VAT is not known."""
    supply = None if vat is None else paid - tax_free - vat
    return {"supply_amount": supply, "vat_amount": vat, "tax_free_amount": tax_free}
