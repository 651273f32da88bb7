"""Messages about an order to its buyer, member or guest, at the contacts of the order, in its language.

Each message is queued once for an event, even if the event is delivered again
(`notification.services.delivery.log`). The messages of several events are written by one statement, or none of them.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from src.app.deposit.models import ManualTransfer
from src.app.notification.dtos.fields import Language
from src.app.notification.services.delivery.log import Addressed, MessageRequest, queue_all
from src.app.order.errors import OrderNotFound
from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.order.services import queries as orders
from src.app.payment.models import PaidWith, Payment, RefundReason
from src.app.payment.services.attempts import order_name
from src.app.payment.services.refunds.accounts import by_ids as accounts_by_ids
from src.app.payment.services.refunds.queries import by_ids as refunds_by_ids
from src.app.payment.services.virtual_accounts import open_account
from src.common import clock
from src.common.banks import bank_name
from src.common.clock import KST
from src.common.models.outbox_event import OutboxEvent
from src.core.configs import settings
from src.worker.events.batches import Batch, Together

METHODS: Final[dict[PaidWith, tuple[str, str]]] = {
    PaidWith.CARD: ("신용카드", "card"),
    PaidWith.EASY_PAY: ("간편결제", "easy pay"),
    PaidWith.TRANSFER: ("계좌이체", "bank transfer"),
    PaidWith.MOBILE: ("휴대폰 결제", "mobile phone"),
    PaidWith.VIRTUAL_ACCOUNT: ("가상계좌", "virtual account"),
    PaidWith.MANUAL_TRANSFER: ("무통장입금", "bank transfer"),
    PaidWith.GIFT_CERTIFICATE: ("상품권", "gift certificate"),
    PaidWith.CONVENIENCE_STORE: ("편의점 결제", "convenience store"),
    PaidWith.CRYPTO: ("가상자산", "cryptocurrency"),
    PaidWith.OTHER: ("기타 결제 수단", "another way to pay"),
}
NOTHING_TO_PAY: Final = ("결제할 금액 없음", "nothing to pay")
REASONS: Final[dict[RefundReason, tuple[str, str]]] = {
    RefundReason.MISMATCH: ("결제 금액이 주문 금액과 달라", "the amount paid was not that of the order"),
    RefundReason.LATE: ("주문 기한이 지난 뒤 결제되어", "it was paid after the order had ended"),
    RefundReason.CANCEL: ("주문하신 상품이 취소되어", "what you ordered was cancelled"),
    RefundReason.DUPLICATE: ("같은 주문이 두 번 결제되어", "the order was paid twice"),
}
NO_REASON: Final = ("주문과 관련하여", "about your order")
# CLAIMS and STEPS wait for claims: nothing emits claim.changed yet.
CLAIMS: Final = {
    "CANCEL": ("취소", "cancellation"),
    "RETURN": ("반품", "return"),
    "EXCHANGE": ("교환", "exchange"),
}
STEPS: Final = {
    "REQUESTED": ("접수되었습니다", "was received"),
    "COLLECTING": ("승인되어 상품을 회수하고 있습니다", "was approved and the goods are being collected"),
    "INSPECTING": ("진행 중이며 상품을 확인하고 있습니다", "is under way: the goods are being inspected"),
    "COMPLETED": ("완료되었습니다", "is done"),
    "REJECTED": ("거부되었습니다", "was refused"),
    "WITHDRAWN": ("철회되었습니다", "was withdrawn"),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One message about an order. `event` names what it tells of; `more` are values beside those of every order."""

    order: Order
    template: str
    event: str
    more: dict[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    request_id: str = ""


@Together
async def tell_deposit_wanted(batch: Batch) -> None:
    """Send account, amount and deadline, once for each account. Nothing is sent if the order no longer waits for a
    deposit."""
    payments, transfers = await batch.payments(), await batch.transfers()
    told = []
    for event, order in await batch.orders():
        if (transfer := transfers.get(order.id)) is not None:
            if order.status == OrderStatus.AWAITING_DEPOSIT:
                more = transfer_values(order, transfer, left=transfer.amount)
                told.append(_told(event, order, "transfer_wanted", f"order.awaiting_deposit:{order.id}", more))
            continue
        account = account_of(order, payments.get(order.id, []))
        if account is not None:
            key, more = f"order.awaiting_deposit:{order.id}:{account.id}", account_values(order, account)
            told.append(_told(event, order, "deposit_wanted", key, more))
    await tell_all(told, lines=batch.lines)


@Together
async def tell_account_closed(batch: Batch) -> None:
    """Say that the announced account is closed, and until when the order may be paid in another way. Nothing is sent if
    the order's status has changed."""
    told = []
    for event, order in await batch.orders():
        if order.status == OrderStatus.PENDING and order.expires_at > clock.now():
            key, more = f"order.account_closed:{event.payload['payment_id']}", {"until": moment(order.expires_at)}
            told.append(_told(event, order, "account_closed", key, more))
    await tell_all(told, lines=batch.lines)


@Together
async def tell_paid(batch: Batch) -> None:
    """Confirm the payment with its method and the link of the receipt."""
    payments = await batch.payments()
    told = []
    for event, order in await batch.orders():
        settled = [row for row in payments.get(order.id, []) if row.settles_order_id == order.id]
        # Without a payment an order with a total was paid by a transfer that staff confirmed.
        other = METHODS[PaidWith.MANUAL_TRANSFER] if order.total else NOTHING_TO_PAY
        method = _method(settled[0]) if settled else other
        receipt = settled[0].receipt_url if settled else ""
        more = {"method": in_language(order, method), "receipt": receipt}
        told.append(_told(event, order, "order_paid", f"order.paid:{order.id}", more))
    await tell_all(told, lines=batch.lines)


def _method(payment: Payment) -> tuple[str, str]:
    """Return the method that PortOne reports, else the requested one."""
    return METHODS[payment.paid_with or PaidWith(payment.pay_method.value)]


@Together
async def tell_expired(batch: Batch) -> None:
    """Say that the account is closed, to buyers who were given one. Buyers who only left the payment window get no
    message."""
    found = await batch.orders()
    waited = await orders.waited_for_deposit([order.id for _, order in found])
    told = [
        _told(event, order, "order_expired", f"order.expired:{order.id}")
        for event, order in found
        if order.id in waited
    ]
    await tell_all(told, lines=batch.lines)


@Together
async def tell_cancelled(batch: Batch) -> None:
    """Say that the whole order is cancelled."""
    found = await batch.orders()
    told = [_told(event, order, "order_cancelled", f"order.cancelled:{order.id}") for event, order in found]
    await tell_all(told, lines=batch.lines)


@Together
async def tell_refunded(batch: Batch) -> None:
    """Announce refunds with amount and reason, but for those of cancelled lines: their sum was told with the cancel."""
    await _tell_of_refunds(batch, "refund_sent", "refund.succeeded", silent=(RefundReason.CANCEL,))


@Together
async def tell_account_needed(batch: Batch) -> None:
    """Ask for the accounts that refunds should go to (docs/promises.md#p4)."""
    await _tell_of_refunds(batch, "refund_needs_account", "refund.needs_account")


@Together
async def tell_account_changed(batch: Batch) -> None:
    """Tell the orderer which account refunds go to from now on, masked."""
    given = await accounts_by_ids([event.payload["account_id"] for event in batch.events])
    told = []
    for event, order in await batch.orders():
        row = given.get(event.payload["account_id"])
        if row is not None and row.number_end:
            more = {"bank": in_language(order, bank_name(row.bank)), "number": f"****{row.number_end}"}
            key = f"refund.account_changed:{row.id}:{row.state.value}"
            told.append(_told(event, order, "refund_account_changed", key, more))
    await tell_all(told, lines=batch.lines)


@Together
async def tell_claim_changed(batch: Batch) -> None:
    """Report progress of a cancel, return or exchange. ``claim.changed`` carries `order_id`, `claim_id`, `kind` and
    `status`; internal statuses send nothing.

    Waits for claims: nothing emits the event yet.
    """
    named = Batch([each for each in batch.events if each.payload["kind"] in CLAIMS and each.payload["status"] in STEPS])
    told = []
    for event, order in await named.orders() if named.events else ():
        what, step = CLAIMS[event.payload["kind"]], STEPS[event.payload["status"]]
        key = f"claim.changed:{event.payload['claim_id']}:{event.payload['status']}"
        more = {"what": in_language(order, what), "step": in_language(order, step)}
        told.append(_told(event, order, "claim_changed", key, more))
    await tell_all(told, lines=named.lines)


async def tell(told: Told) -> None:
    """Queue one message."""
    await tell_all([told], lines=lambda: orders.lines_of([told.order.id]))


async def tell_all(told: Sequence[Told], *, lines: Callable[[], Awaitable[dict[int, list[OrderLine]]]]) -> None:
    """Queue the messages by mail and to the phone. `lines` reads the lines of the orders. Nothing is sent if the
    contacts of an order were removed by anonymising."""
    reachable = [each for each in told if each.order.orderer_email or each.order.orderer_phone]
    if reachable:
        of_orders = await lines()
        await queue_all([_addressed(each, of_orders[each.order.id]) for each in reachable])


def _told(event: OutboxEvent, order: Order, template: str, key: str, more: dict[str, Any] | None = None) -> Told:
    return Told(order=order, template=template, event=key, more=more or {}, request_id=event.request_id)


def _addressed(told: Told, lines: Sequence[OrderLine]) -> Addressed:
    order = told.order
    values = {
        "name": order.orderer_name,
        "order_no": order.order_no,
        "items": order_name([line.name for line in lines]),
        "total": won(order.total),
        "link": f"{settings().identity.front_url.rstrip('/')}/orders/{order.order_no}",
        **told.more,
    }
    notice = MessageRequest(
        event_key=told.event,
        template=told.template,
        values=values,
        language=language_of(order),
        order_no=order.order_no,
        member_id=order.member_id,
    )
    email, phone = order.orderer_email or None, order.orderer_phone or None
    return Addressed(notice=notice, email=email, phone=phone, not_before=told.not_before, request_id=told.request_id)


def account_of(order: Order, payments: Sequence[Payment]) -> Payment | None:
    """Return the open account that the order waits for, the latest of several; None if none can be paid into."""
    account = open_account(order, payments)
    return account if account is not None and account.account_number else None


def account_values(order: Order, payment: Payment) -> dict[str, str]:
    """Return the template values of the account."""
    return {
        "bank": in_language(order, bank_name(payment.account_bank)),
        "number": payment.account_number,
        "holder": payment.account_holder,
        "due": moment(payment.account_due_at) if payment.account_due_at else "-",
    }


def transfer_values(order: Order, transfer: ManualTransfer, *, left: int) -> dict[str, str]:
    """Return the template values of a manual transfer of which `left` won are still to come."""
    return {
        "bank": in_language(order, bank_name(transfer.bank)),
        "number": transfer.number,
        "holder": transfer.holder,
        "due": moment(transfer.due_at),
        "depositor": transfer.depositor_name,
        "left": won(left),
    }


def moment(at: datetime) -> str:
    """Format as ``2026-11-21 23:59``, Korean time."""
    return f"{at.astimezone(KST):%Y-%m-%d %H:%M}"


def in_language(order: Order, words: tuple[str, str]) -> str:
    """Return the Korean or the English text."""
    return words[1] if language_of(order) == "en" else words[0]


def language_of(order: Order) -> Language:
    """Return the language of the order's messages."""
    return "en" if order.language == "en" else "ko"


def won(amount: int) -> str:
    """Format as ``128,000``."""
    return f"{amount:,}"


async def _tell_of_refunds(batch: Batch, template: str, topic: str, *, silent: Sequence[RefundReason] = ()) -> None:
    refunds = await refunds_by_ids([event.payload["refund_id"] for event in batch.events])
    found = await orders.by_ids(sorted({payment.order_id for _, payment in refunds.values()}))
    told = []
    for event in batch.events:
        refund, payment = refunds[event.payload["refund_id"]]
        if payment.order_id not in found:
            raise OrderNotFound
        if refund.reason in silent:
            continue
        order = found[payment.order_id]
        why = in_language(order, REASONS.get(refund.reason, NO_REASON))
        more = {"amount": won(refund.amount), "why": why}
        told.append(_told(event, order, template, f"{topic}:{refund.id}", more))
    await tell_all(told, lines=lambda: orders.lines_of(sorted(found)))
