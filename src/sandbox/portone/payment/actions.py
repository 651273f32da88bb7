"""Actions of the shopper, the bank or PortOne's console on a payment. The window and the control endpoints use them."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from src.sandbox.clock import from_rfc3339
from src.sandbox.config import SandboxConfig
from src.sandbox.portone.payment import cancels, disputes, escrows, payments
from src.sandbox.portone.payment.cancels import CancelRequest
from src.sandbox.portone.payment.methods import DEFAULT_VALID_HOURS
from src.sandbox.portone.payment.model import Failure, Origin, Payment, PayMethod, Status
from src.sandbox.portone.payment.payments import Checkout, Record
from src.sandbox.portone.webhook import events
from src.sandbox.portone.webhook.events import Delivery, Event, WebhookMode
from src.sandbox.web import RefusalError

DECLINED: Final = Failure(
    reason="카드사에서 승인을 거절했습니다.", pg_code="REJECT_CARD_PAYMENT", pg_message="한도초과 혹은 잔액부족"
)

CLOSED: Final = Failure(
    reason="사용자가 결제 창을 닫았습니다.",
    pg_code="PAY_PROCESS_CANCELED",
    pg_message="사용자에 의해 결제가 취소되었습니다.",
)


class Action(StrEnum):
    """The values of `action` in `POST /control/payments/{id}`."""

    PAY = "pay"
    AUTHORIZE = "authorize"
    FAIL = "fail"
    PAY_PENDING = "pay_pending"
    ISSUE_VIRTUAL_ACCOUNT = "issue_virtual_account"
    DEPOSIT = "deposit"
    CLOSE_ACCOUNT = "close_account"
    PAY_OTHER_AMOUNT = "pay_other_amount"
    CANCEL = "cancel"
    FINISH_CANCEL = "finish_cancel"
    FAIL_CANCEL = "fail_cancel"
    DISPUTE = "dispute"
    RESOLVE_DISPUTE = "resolve_dispute"
    REJECT_ESCROW = "reject_escrow"


@dataclass(frozen=True, kw_only=True)
class Command:
    """One action. `amount` is in won, `discount` is the card company's part of it. `checkout` is the input of the
    window; None for the control endpoints."""

    payment_id: str
    action: Action
    amount: int | None = None
    discount: int = 0
    webhook: WebhookMode = WebhookMode.SEND
    pay_method: PayMethod | None = None
    reason: str | None = None
    cancellation_id: str | None = None
    valid_hours: int = DEFAULT_VALID_HOURS
    escrow: bool = False
    checkout: Checkout | None = None


@dataclass(frozen=True)
class Done:
    """The payment after the action as JSON, and the webhooks that the owner must send."""

    document: bytes
    leased: list[Delivery]


def perform(db: sqlite3.Connection, config: SandboxConfig, command: Command, owner: str) -> Done:
    """Perform the action in the caller's write transaction. Its webhooks are leased to `owner`, unless it is empty.
    Raises RefusalError or PortOneError before it writes anything."""
    record = payments.load(db, command.payment_id)
    before = None if record.payment is None else events.of_status(record.payment)
    event = _DO[command.action](record, command, config)
    document = payments.save(db, record)
    if event is None:
        return Done(document, [])
    earlier = None
    if command.webhook is WebhookMode.OUT_OF_ORDER:
        earlier = _earlier(event, before)
    leased = events.enqueue(db, config, event, command.webhook, earlier=earlier, owner=owner)
    return Done(document, leased)


def open_window(db: sqlite3.Connection, config: SandboxConfig, checkout: Checkout) -> Record:
    """Open the window: start a new attempt and queue Transaction.Ready. A payment that is final or waits for a deposit
    is not changed."""
    record = payments.load(db, checkout.payment_id)
    try:
        payments.check_payable(record)
    except RefusalError:
        return record
    check_registered(record, checkout)
    payment = payments.open_attempt(record, checkout, store_id=config.store_id)
    payments.save(db, record)
    events.enqueue(db, config, events.of_status(payment))
    return record


def check_registered(record: Record, checkout: Checkout) -> None:
    """Raise RefusalError if amount, tax-free amount or currency differ from the registered ones, as the SDK does."""
    total = checkout.total if record.registered_amount is None else record.registered_amount
    currency = record.registered_currency or checkout.currency
    tax_free = checkout.tax_free if record.registered_tax_free is None else record.registered_tax_free
    if tax_free != checkout.tax_free:
        told = f"tax-free {checkout.tax_free:,}, but {tax_free:,} registered"
        raise RefusalError(409, "AmountNotEqualToPredefined", told)
    if (total, currency) != (checkout.total, checkout.currency):
        told = f"{checkout.total:,} {checkout.currency}, but {total:,} {currency} registered"
        raise RefusalError(409, "AmountNotEqualToPredefined", told)


def _pay(record: Record, command: Command, config: SandboxConfig) -> Event:
    payments.check_payable(record)
    amount = _amount(record, command)
    asynchronous = record.payment is not None and record.payment.status is Status.PAY_PENDING
    _attempt(record, command, config, amount)
    payments.approve(record, base_url=config.base_url, discount=command.discount)
    return events.of_status(payments.existing(record), trigger="ASYNC_PAY_APPROVED" if asynchronous else None)


def _authorize(record: Record, command: Command, config: SandboxConfig) -> None:
    """Authorise without an event: PortOne sends no webhook before the payment is confirmed."""
    payments.check_payable(record)
    _attempt(record, command, config, _amount(record, command))
    payments.authorize(record)


def _pay_other_amount(record: Record, command: Command, config: SandboxConfig) -> Event:
    if command.amount is None:
        raise RefusalError(422, "VALIDATION_ERROR", "amount: is required for pay_other_amount")
    payments.check_payable(record)
    _attempt(record, command, config, command.amount)
    payments.approve(record, base_url=config.base_url, discount=command.discount)
    return events.of_status(payments.existing(record))


def _pend(record: Record, command: Command, config: SandboxConfig) -> Event:
    payments.check_payable(record)
    _attempt(record, command, config, _amount(record, command))
    payments.pend(record)
    return events.of_status(payments.existing(record), trigger="ASYNC_PAY_PENDING")


def _fail(record: Record, command: Command, config: SandboxConfig) -> Event:
    payments.check_payable(record)
    amount = _amount(record, command)
    asynchronous = record.payment is not None and record.payment.status is Status.PAY_PENDING
    _attempt(record, command, config, amount)
    payments.fail(record, DECLINED)
    return events.of_status(payments.existing(record), trigger="ASYNC_PAY_FAILED" if asynchronous else None)


def _issue(record: Record, command: Command, config: SandboxConfig) -> Event:
    payments.check_payable(record)
    _attempt(record, replace(command, pay_method=PayMethod.VIRTUAL_ACCOUNT), config, _amount(record, command))
    payments.issue_account(record, valid_hours=command.valid_hours)
    return events.of_status(payments.existing(record))


def _deposit(record: Record, _command: Command, config: SandboxConfig) -> Event:
    payments.deposit(record, base_url=config.base_url)
    return events.of_status(payments.existing(record), trigger="VIRTUAL_ACCOUNT_DEPOSIT")


def _close_account(record: Record, _command: Command, _config: SandboxConfig) -> Event:
    """Close the account before it expires, as the bank or a user of PortOne's console does."""
    if payments.existing(record).status is not Status.VIRTUAL_ACCOUNT_ISSUED:
        raise RefusalError(409, "NOT_WAITING_FOR_DEPOSIT", "No virtual account of this payment waits for a deposit.")
    payments.close_account(record)
    return events.of_status(payments.existing(record))


def _cancel(record: Record, command: Command, _config: SandboxConfig) -> Event:
    if command.amount == 0:
        raise RefusalError(422, "VALIDATION_ERROR", "amount: must be above 0 for cancel")
    cancels.cancel(
        record, CancelRequest(reason=command.reason or "콘솔에서 취소", amount=command.amount), trigger="CONSOLE"
    )
    return events.of_status(payments.existing(record))


def _finish_cancel(record: Record, command: Command, _config: SandboxConfig) -> Event:
    payment = payments.existing(record)
    cancellation = cancels.pending(record, command.cancellation_id)
    cancels.succeed(record, cancellation)
    return replace(events.of_status(payment, trigger="ASYNC_CANCEL_APPROVED"), cancellation_id=cancellation.id)


def _fail_cancel(record: Record, command: Command, _config: SandboxConfig) -> Event:
    payment = payments.existing(record)
    cancellation = cancels.pending(record, command.cancellation_id)
    cancels.give_up(payment, cancellation)
    # PortOne documents the trigger but no type for it, so the type is the one of the unchanged status.
    event = events.of_status(payment, trigger="ASYNC_CANCEL_FAILED")
    at = from_rfc3339(payment.updated_at)
    return replace(event, at=at, cancellation_id=cancellation.id if payment.status is not Status.PAID else None)


def _dispute(record: Record, command: Command, _config: SandboxConfig) -> Event:
    payment = payments.existing(record)
    disputes.open_dispute(payment, reason=command.reason or "PRODUCT_NOT_RECEIVED")
    return events.of_dispute(payment, word="Created")


def _resolve_dispute(record: Record, _command: Command, _config: SandboxConfig) -> Event:
    payment = payments.existing(record)
    disputes.resolve(payment)
    return events.of_dispute(payment, word="Resolved")


def _reject_escrow(record: Record, _command: Command, _config: SandboxConfig) -> None:
    """The buyer refuses the purchase (구매거절) on the payment company's page. PortOne names no webhook for it."""
    escrows.reject(payments.existing(record))


_DO: Final[dict[Action, Callable[[Record, Command, SandboxConfig], Event | None]]] = {
    Action.PAY: _pay,
    Action.AUTHORIZE: _authorize,
    Action.FAIL: _fail,
    Action.PAY_PENDING: _pend,
    Action.ISSUE_VIRTUAL_ACCOUNT: _issue,
    Action.DEPOSIT: _deposit,
    Action.CLOSE_ACCOUNT: _close_account,
    Action.PAY_OTHER_AMOUNT: _pay_other_amount,
    Action.CANCEL: _cancel,
    Action.FINISH_CANCEL: _finish_cancel,
    Action.FAIL_CANCEL: _fail_cancel,
    Action.DISPUTE: _dispute,
    Action.RESOLVE_DISPUTE: _resolve_dispute,
    Action.REJECT_ESCROW: _reject_escrow,
}


def _amount(record: Record, command: Command) -> int:
    """Return the amount of the action: the given one, else the registered one, else the one of the latest attempt."""
    registered = record.registered_amount
    if command.amount is not None:
        if registered not in (None, command.amount):
            raise RefusalError(
                409, "AMOUNT_DIFFERS_FROM_REGISTERED", f"{registered} won are registered for this payment."
            )
        return command.amount
    if registered is not None:
        return registered
    if record.payment is not None:
        return record.payment.amount.total
    raise RefusalError(409, "PAYMENT_NOT_REGISTERED", "No amount is registered for this payment and none was given.")


def _attempt(record: Record, command: Command, config: SandboxConfig, amount: int) -> Payment:
    """Return the open attempt if it has this amount and pay method, else start a new one."""
    payment = record.payment
    pay_method = command.pay_method or (command.checkout.pay_method if command.checkout else record.pay_method)
    if (
        payment is not None
        and payment.status in (Status.READY, Status.PAY_PENDING)
        and payment.amount.total == amount
        and record.pay_method is pay_method
    ):
        return payment
    checkout = command.checkout or _remembered(record, amount)
    checkout = replace(checkout, total=amount, pay_method=pay_method, is_escrow=checkout.is_escrow or command.escrow)
    return payments.open_attempt(record, checkout, store_id=config.store_id)


def _remembered(record: Record, amount: int) -> Checkout:
    """Return a checkout for an action without a window: the data of the latest attempt, else default values."""
    payment = record.payment
    if payment is None:
        return Checkout(
            payment_id=record.payment_id,
            order_name="샌드박스 결제",
            total=amount,
            tax_free=min(record.registered_tax_free or 0, amount),
            currency=record.registered_currency or "KRW",
        )
    return Checkout(
        payment_id=record.payment_id,
        order_name=payment.order_name,
        total=amount,
        tax_free=min(payment.amount.tax_free, amount),
        currency=payment.currency,
        channel_key=payment.channel.key,
        customer=payment.customer,
        custom_data=payment.custom_data,
        is_escrow=payment.escrow is not None,
        origin=Origin(platform_type="API", ip_address=payment.origin.ip_address),
    )


def _earlier(event: Event, before: Event | None) -> Event:
    """Return the event that is older than `event` but is delivered after it."""
    if before is None:
        ready = events.TYPE_OF[Status.READY]
        before = Event(type=ready, payment_id=event.payment_id, transaction_id=event.transaction_id, at=event.at - 1000)
    return replace(before, at=min(before.at, event.at - 1), trigger=None)
