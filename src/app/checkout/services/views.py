"""Build response bodies from rows."""

from collections.abc import Sequence
from typing import Any

from src.app.checkout.dtos.responses import (
    OrderLineRead,
    OrderPlaced,
    OrderRead,
    PaymentOfOrder,
    PaymentRead,
    TimelineEntry,
    VirtualAccount,
)
from src.app.checkout.services.paying.window import payment_view
from src.app.deposit.dtos.responses import DepositWanted
from src.app.deposit.models import ManualTransfer
from src.app.deposit.services.queries import deposits_of, is_transfer, transfers_of
from src.app.deposit.services.views import deposit_wanted
from src.app.order.models import Order, OrderEvent, OrderLine
from src.app.order.services import guest_tokens, queries
from src.app.payment.models import Payment
from src.app.payment.services.queries import of_orders
from src.app.payment.services.virtual_accounts import waits_for
from src.app.product.models import TaxType


def placed_view(
    order: Order, lines: Sequence[OrderLine], payment: Payment | None, transfer: ManualTransfer | None = None
) -> OrderPlaced:
    """Build the answer of ``POST /orders``. For a replay the guest token is the same again."""
    token = None if order.member_id else guest_tokens.issue(order, since=order.created_at)
    opened = payment_view(payment, order, lines) if payment else None
    deposit = deposit_wanted(transfer) if transfer else None
    return OrderPlaced(**_sums(order), lines=_lines(lines), payment=opened, deposit=deposit, guest_token=token)


def order_view(
    order: Order,
    lines: Sequence[OrderLine],
    payments: Sequence[Payment],
    events: Sequence[OrderEvent],
    deposit: DepositWanted | None = None,
) -> OrderRead:
    """Build the order as its owner sees it."""
    return OrderRead(
        **_sums(order),
        lines=_lines(lines),
        deposit=deposit,
        created_at=order.created_at,
        payments=[
            PaymentOfOrder(
                payment_id=payment.payment_id,
                payment_status=payment.status,
                pay_method=payment.pay_method,
                paid_with=payment.paid_with,
                failure_reason=payment.failure or None,
            )
            for payment in payments
        ],
        timeline=[
            TimelineEntry(
                at=event.created_at,
                from_status=event.from_status or None,
                to_status=event.to_status,
                by=event.actor.partition(":")[0],
                reason=event.reason,
            )
            for event in events
        ],
    )


async def shown(order: Order) -> OrderRead:
    """Return the order as its owner sees it. The caller has checked that it may be shown."""
    return (await shown_all([order]))[0]


async def shown_all(orders: Sequence[Order]) -> list[OrderRead]:
    """Return these orders, each as its owner sees it. Three queries if all are live, two more for manual transfers."""
    ids = [order.id for order in orders]
    lines, payments, events = await queries.lines_of(ids), await of_orders(ids), await queries.events_of(ids)
    told = await _deposits([order_id for order_id in ids if is_transfer(lines[order_id])])
    return [
        order_view(order, lines[order.id], payments[order.id], events[order.id], told.get(order.id)) for order in orders
    ]


async def _deposits(order_ids: Sequence[int]) -> dict[int, DepositWanted]:
    transfers, deposits = await transfers_of(order_ids), await deposits_of(order_ids)
    return {key: deposit_wanted(transfer, deposits.get(key, ())) for key, transfer in transfers.items()}


def payment_state(payment: Payment, order: Order) -> PaymentRead:
    """Build the state of a payment and its order."""
    account = VirtualAccount(
        bank=payment.account_bank,
        number=payment.account_number,
        holder=payment.account_holder,
        due_at=payment.account_due_at,
    )
    return PaymentRead(
        order_no=order.order_no,
        order_status=order.status,
        payment_status=payment.status,
        paid_with=payment.paid_with,
        failure_reason=payment.failure or None,
        receipt_url=payment.receipt_url or None,
        virtual_account=account if payment.account_number and waits_for(order, payment) else None,
    )


def _sums(order: Order) -> dict[str, object]:
    names = ("order_no", "status", "item_total", "discount_total", "shipping_fee", "points_used", "total", "expires_at")
    return {
        **{name: getattr(order, name) for name in names},
        **_taxes(order.total, tax_free=order.tax_free_amount, vat=order.vat_amount),
    }


def _lines(lines: Sequence[OrderLine]) -> list[OrderLineRead]:
    return [_line(line) for line in lines]


def _line(line: OrderLine) -> OrderLineRead:
    paid = line.line_total - line.discount_share - line.points_share
    tax_free = paid if line.tax_type == TaxType.TAX_FREE else 0
    names = ("line_no", "variant_id", "product_id", "name", "color", "size", "quantity", "unit_price", "line_total")
    return OrderLineRead(
        **{name: getattr(line, name) for name in (*names, "tax_type")},
        **_taxes(paid, tax_free=tax_free, vat=line.vat_amount),
    )


def _taxes(paid: int, *, tax_free: int, vat: int | None) -> dict[str, Any]:
    """Return the fields of Amounts: the parts of what is paid, null while the VAT is not known."""
    supply = None if vat is None else paid - tax_free - vat
    return {"supply_amount": supply, "vat_amount": vat, "tax_free_amount": tax_free}
