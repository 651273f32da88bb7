"""One order as staff see it: header, lines, payments, refunds, shipments, timeline, notes and messages."""

from collections.abc import Sequence
from typing import Any, Final

from src.app.deposit.models import Deposit, ManualTransfer
from src.app.deposit.services.queries import deposits_of, is_transfer, transfers_of
from src.app.deposit.services.views import transfer_of_desk
from src.app.desk.dtos.admin.orders import (
    Hop,
    MessageOfOrder,
    OptionChanged,
    OrderDetail,
    PaymentOfDesk,
    PersonRead,
    RefundOfPayment,
    ShippingRead,
)
from src.app.desk.services import notes
from src.app.desk.services.lines import note_look, row_of, waits_for_transfer
from src.app.fulfilment.dtos.admin.shipment_reads import ShipmentRead
from src.app.fulfilment.services.shipments.queries import of_orders as shipments_of
from src.app.fulfilment.services.shipments.reading import shown_all
from src.app.notification.services.delivery.queries import of_order as messages_of
from src.app.order.errors import OrderNotFound
from src.app.order.models import UNPAID, LineChange, Order, OrderEvent, OrderLine
from src.app.order.services.changes.actions import STAFFS
from src.app.order.services.changes.actions import allowed_actions as order_actions
from src.app.order.services.lines.search import Found
from src.app.order.services.queries import by_number, changes_of, events_of, lines_of
from src.app.payment.models import Payment, Refund, cause_of
from src.app.payment.services.queries import of_orders, refunds_of
from src.app.payment.services.refunds.actions import allowed_actions
from src.app.payment.services.virtual_accounts import open_account
from src.app.receipt.dtos.shapes import CashReceiptRead
from src.app.receipt.services.basis import IN_CASH
from src.app.receipt.services.reading import by_order as receipts_of
from src.common.dtos.reasons import Looking
from src.common.records import masking
from src.common.records.audit import Actor
from src.common.records.masking import UNMASKS

SUMS: Final = ("item_total", "discount_total", "shipping_fee", "points_used", "total")
TIMES: Final = ("created_at", "paid_at", "ended_at")
HIDDEN: Final = "***"
SHOWN: Final = "orderer_name,orderer_phone,orderer_email,recipient,recipient_phone,address_detail,memo"


async def one(order_no: str, asked: Looking, *, by: Actor) -> OrderDetail:
    """Return the order, live or archived, in at most fifteen statements whatever its size. Raises OrderNotFound."""
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound
    is_clear = not by.lacks(UNMASKS) and not asked.masked
    lines = (await lines_of([order.id])).get(order.id, [])
    if is_clear:
        items = f"{SHOWN},depositor" if is_transfer(lines) else SHOWN
        await note_look("order.detail", [order.id], by=by, reason=asked.reason, items=items)
    transfer, deposits = await _transfer(order, lines)
    payments = (await of_orders([order.id])).get(order.id, [])
    account = open_account(order, payments)
    found = [Found(line, order) for line in lines]
    due = transfer if any(waits_for_transfer(line) for line in found) else None
    return OrderDetail(
        **{name: getattr(order, name) for name in ("order_no", "status", "member_id", "language", *SUMS, *TIMES)},
        is_masked=not is_clear,
        orderer=_orderer(order, is_clear=is_clear),
        shipping=_shipping(order, is_clear=is_clear),
        pay_until=order.expires_at if order.status in UNPAID else None,
        paper_changed_at=order.paper_changed_at,
        allowed_actions=order_actions(order, lines, among=STAFFS),
        option_changes=[_option_changed(row) for row in await changes_of(order)],
        lines=[row_of(line, is_clear=is_clear, account=account, transfer=due) for line in found],
        deposit=transfer_of_desk(transfer, deposits, is_clear=is_clear) if transfer else None,
        payments=await _payments(payments),
        cash_receipt=await _receipt(order, lines),
        shipments=await _shipments(order),
        timeline=[_hop(event) for event in (await events_of([order.id])).get(order.id, [])],
        notes=await notes.of_order(order.id),
        messages=[_message(row) for row in await messages_of(order.order_no)],
    )


async def _transfer(order: Order, lines: Sequence[OrderLine]) -> tuple[ManualTransfer | None, list[Deposit]]:
    """Return the manual transfer of the order with its deposits. No statement for other ways to pay."""
    ids = [order.id] if is_transfer(lines) else []
    return (await transfers_of(ids)).get(order.id), (await deposits_of(ids)).get(order.id, [])


async def _receipt(order: Order, lines: Sequence[OrderLine]) -> CashReceiptRead | None:
    if not any(line.pay_method in IN_CASH for line in lines):
        return None
    return (await receipts_of([order.id])).get(order.id)


def _orderer(order: Order, *, is_clear: bool) -> PersonRead:
    name, phone, email = order.orderer_name, order.orderer_phone, order.orderer_email
    if not is_clear:
        name, phone, email = masking.name(name), masking.phone(phone), masking.email(email) or ""
    return PersonRead(name=name, phone=phone, email=email or None)


def _shipping(order: Order, *, is_clear: bool) -> ShippingRead:
    return ShippingRead(
        recipient=order.recipient if is_clear else masking.name(order.recipient),
        phone=order.recipient_phone if is_clear else masking.phone(order.recipient_phone),
        zipcode=order.zipcode,
        address=order.address,
        address_detail=order.address_detail if is_clear or not order.address_detail else HIDDEN,
        memo=order.memo if is_clear or not order.memo else HIDDEN,
    )


async def _payments(payments: Sequence[Payment]) -> list[PaymentOfDesk]:
    refunds = await refunds_of(payments)
    return [_payment(payment, refunds.get(payment.id, [])) for payment in payments]


async def _shipments(order: Order) -> list[ShipmentRead]:
    sent = (await shipments_of([order.id])).get(order.id, [])
    return await shown_all([shipment.id for shipment in sent]) if sent else []


def _payment(payment: Payment, refunds: Sequence[Refund]) -> PaymentOfDesk:
    same = ("payment_id", "pay_method", "paid_with", "status", "verdict", "total_amount", "paid_amount")
    more = ("cancelled_amount", "pg_provider", "pg_tx_id", "account_due_at", "paid_at", "created_at")
    values: dict[str, Any] = {name: getattr(payment, name) for name in (*same, *more)}
    return PaymentOfDesk(
        **values,
        settles=payment.settles_order_id is not None,
        receipt_url=payment.receipt_url or None,
        failure_reason=payment.failure or None,
        account_bank=payment.account_bank or None,
        refunds=[
            RefundOfPayment(
                id=refund.id,
                refund_no=refund.refund_no,
                reason=refund.reason,
                cause=refund.cause or cause_of(refund.reason, refund.payment_id),
                means=refund.means,
                amount=refund.amount,
                status=refund.status,
                requested_at=refund.created_at,
                due_on=refund.due_on,
                allowed_actions=allowed_actions(refund),
            )
            for refund in refunds
        ],
    )


def _option_changed(row: LineChange) -> OptionChanged:
    return OptionChanged(
        line_no=row.line_no,
        units=row.units,
        from_sku=row.from_sku,
        from_option=" / ".join(part for part in (row.from_color, row.from_size) if part),
        to_sku=row.to_sku,
        to_option=" / ".join(part for part in (row.to_color, row.to_size) if part),
        by=row.actor,
        reason=row.reason,
        at=row.created_at,
    )


def _hop(event: OrderEvent) -> Hop:
    return Hop(
        at=event.created_at,
        line_no=event.line_no or None,
        from_status=event.from_status or None,
        to_status=event.to_status,
        counter=event.counter or None,
        units=event.units,
        by=event.actor,
        reason=event.reason,
    )


def _message(row: Any) -> MessageOfOrder:
    return MessageOfOrder(
        number=row.number,
        template=row.template,
        way=row.way,
        status=row.status,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
