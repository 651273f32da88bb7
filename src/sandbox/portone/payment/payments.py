"""The life of a payment: registration, attempts, approval, failure, deposit (docs/vendors/portone.md#the-payment).

All functions work on a `Record` in memory; `load` and `save` run inside the caller's write transaction. A function that
raises has changed nothing that is saved.
"""

import secrets
import sqlite3
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

import orjson
from ulid import ULID

from src.sandbox.clock import from_rfc3339, in_nanoseconds, in_seconds, now_ms, now_ns
from src.sandbox.config import DEFAULT_CHANNEL_KEY
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.payment import methods
from src.sandbox.portone.payment.model import (
    Amount,
    Cancellation,
    Channel,
    Customer,
    Failure,
    Origin,
    Payment,
    PayMethod,
    Status,
)
from src.sandbox.web import RefusalError

MERCHANT_ID: Final = "merchant-sandbox"
SETTLED: Final = frozenset({Status.PAID, Status.PARTIAL_CANCELLED, Status.CANCELLED})


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """The input of `requestPayment` in the browser."""

    payment_id: str
    order_name: str
    total: int
    tax_free: int = 0
    currency: str = "KRW"
    pay_method: PayMethod = PayMethod.CARD
    channel_key: str = DEFAULT_CHANNEL_KEY
    customer: Customer = field(default_factory=Customer)
    custom_data: str | None = None
    origin: Origin = field(default_factory=lambda: Origin(platform_type="API", ip_address="127.0.0.1"))


@dataclass
class Record:
    """A payment id with what was pre-registered for it and, once a window was opened, its payment."""

    payment_id: str
    registered_amount: int | None = None
    registered_tax_free: int | None = None
    registered_currency: str | None = None
    payment_token: str | None = None
    """The token that a channel with manual approval gave the browser, until the payment is confirmed with it."""
    pay_method: PayMethod = PayMethod.CARD
    payment: Payment | None = None
    happened: list[dict[str, Any]] = field(default_factory=list)
    """Payment events (PAID, PARTIAL_CANCELLED, CANCELLED) that `save` is to add."""


def load(db: sqlite3.Connection, payment_id: str) -> Record:
    """The record of `payment_id`, an empty one when it was never heard of."""
    row = db.execute(
        "SELECT registered_amount, registered_tax_free, registered_currency, payment_token, pay_method,"
        " changed_at, doc FROM portone_payments WHERE id = ?",
        (payment_id,),
    ).fetchone()
    if row is None:
        return Record(payment_id)
    payment = None if row["doc"] is None else Payment.model_validate_json(row["doc"])
    if payment is not None:
        payment.changed_ns = row["changed_at"] * 1_000_000
    return Record(
        payment_id,
        registered_amount=row["registered_amount"],
        registered_tax_free=row["registered_tax_free"],
        registered_currency=row["registered_currency"],
        payment_token=row["payment_token"],
        pay_method=PayMethod(row["pay_method"]),
        payment=payment,
    )


def save(db: sqlite3.Connection, record: Record) -> None:
    """Write the record back, its latest attempt and what happened with it."""
    payment = record.payment
    doc = None if payment is None else document(payment)
    values = (
        record.payment_id,
        record.registered_amount,
        record.registered_tax_free,
        record.registered_currency,
        record.payment_token,
        record.pay_method,
        payment and payment.status,
        payment and payment.currency,
        payment and from_rfc3339(payment.requested_at),
        payment and from_rfc3339(payment.status_changed_at),
        payment and payment.changed_ns // 1_000_000,
        doc,
    )
    db.execute("INSERT OR REPLACE INTO portone_payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    if payment is not None:
        db.execute(
            "INSERT INTO portone_transactions (id, payment_id, doc) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET doc = excluded.doc",
            (payment.transaction_id, payment.id, doc),
        )
    for event in record.happened:
        at = from_rfc3339(event["createdAt"])
        db.execute("INSERT INTO portone_events (created_at, doc) VALUES (?, ?)", (at, orjson.dumps(event)))


def document(payment: Payment) -> bytes:
    """The payment as PortOne's GET answers it."""
    return payment.model_dump_json(by_alias=True, exclude_none=True).encode()


def shown(db: sqlite3.Connection, payment_id: str) -> bytes | None:
    """The stored JSON of a payment; None when unknown, or pre-registered and never opened."""
    row = db.execute("SELECT doc FROM portone_payments WHERE id = ?", (payment_id,)).fetchone()
    return None if row is None else row["doc"]


def existing(record: Record) -> Payment:
    """The payment, or PAYMENT_NOT_FOUND."""
    if record.payment is None:
        raise PortOneError("PAYMENT_NOT_FOUND", "결제 건이 존재하지 않습니다.")
    return record.payment


def register(record: Record, total: int | None, tax_free: int | None, currency: str | None) -> None:
    """Fix amount and currency before the window opens. PortOne does not say what a repeat does: here the last one
    counts."""
    if record.payment is not None and record.payment.paid_at is not None:
        raise PortOneError("ALREADY_PAID", "결제가 이미 완료되었습니다.")
    record.registered_amount = total
    record.registered_tax_free = tax_free
    record.registered_currency = currency


def check_payable(record: Record) -> None:
    """A payment id succeeds at most once, and not while its virtual account waits."""
    payment = record.payment
    if payment is None:
        return
    if payment.status is Status.VIRTUAL_ACCOUNT_ISSUED:
        raise RefusalError(409, "WAITING_FOR_DEPOSIT", "A virtual account was issued for this payment and waits.")
    if payment.paid_at is not None:
        raise RefusalError(409, "ALREADY_PAID", "This payment was paid already.")
    if payment.status is Status.CANCELLED:
        raise RefusalError(409, "PAYMENT_ALREADY_CANCELLED", "The virtual account of this payment was closed.")


def open_attempt(record: Record, checkout: Checkout, *, store_id: str) -> Payment:
    """Start an attempt: READY with a new transaction id. The id, and the time of the first request, stay."""
    before = record.payment
    at = next_moment(before)
    vat = vat_of(checkout.total - checkout.tax_free)
    payment = Payment(
        status=Status.READY,
        id=checkout.payment_id,
        transaction_id=str(ULID().to_uuid()),
        merchant_id=MERCHANT_ID,
        store_id=store_id,
        channel=channel_of(checkout.channel_key, checkout.pay_method),
        requested_at=in_nanoseconds(at) if before is None else before.requested_at,
        updated_at=in_nanoseconds(at),
        status_changed_at=in_seconds(at),
        changed_ns=at,
        order_name=checkout.order_name,
        amount=Amount(
            total=checkout.total,
            tax_free=checkout.tax_free,
            vat=vat,
            supply=checkout.total - checkout.tax_free - vat,
            # PortOne fills it before anything was paid.
            paid=checkout.total,
        ),
        currency=checkout.currency,
        customer=checkout.customer,
        origin=checkout.origin,
        custom_data=checkout.custom_data,
    )
    record.pay_method = checkout.pay_method
    record.payment_token = None
    record.payment = payment
    return payment


def approve(record: Record, *, base_url: str, discount: int = 0) -> None:
    """The PG approved, or the deposit arrived: PAID. Of the total the card company gives `discount` won."""
    payment = existing(record)
    if discount > payment.amount.total:
        raise RefusalError(422, "VALIDATION_ERROR", "discount: must not be above the amount")
    if payment.status is Status.VIRTUAL_ACCOUNT_ISSUED:
        payment.method = {**(payment.method or {}), "remitterName": payment.customer.name or "입금자"}
    elif record.pay_method is PayMethod.VIRTUAL_ACCOUNT:
        raise RefusalError(
            409, "VIRTUAL_ACCOUNT_NOT_ISSUED", "The shopper chose a virtual account: issue it, then deposit."
        )
    else:
        payment.method = methods.instrument(record.pay_method)
    hop(payment, Status.PAID)
    payment.amount.discount = discount
    payment.amount.paid = payment.amount.total - discount
    payment.paid_at = payment.status_changed_at
    payment.pg_tx_id = payment.pg_tx_id or f"pgtx-{ULID()}"
    payment.pg_response = "{}"
    payment.failure = payment.failed_at = None
    record.payment_token = None
    payment.receipt_url = f"{base_url}/portone/receipts/{quote(payment.id, safe='')}"
    payment.disputes = []
    note_event(record, amount=payment.amount.total)


def authorize(record: Record) -> str:
    """The shopper agreed, on a channel with manual approval: nothing is paid until the shop confirms with the token."""
    existing(record)
    record.payment_token = f"token-{secrets.token_urlsafe(24)}"
    return record.payment_token


def note_event(record: Record, *, amount: int, cancellation: Cancellation | None = None) -> None:
    """Keep what happened for `payment-events-by-cursor`. `amount` is below 0 where money went back."""
    payment = existing(record)
    told = payment.wire()
    for name in ("status", "id", "updatedAt", "statusChangedAt", "paidAt", "cancelledAt", "cancellations"):
        told.pop(name, None)
    told["totalAmount"] = told.pop("amount")
    told |= {
        "type": payment.status.value,
        "id": str(ULID().to_uuid()),
        "paymentId": payment.id,
        "createdAt": payment.updated_at,
        "eventAmount": amount,
    }
    if cancellation is not None:
        told["cancellation"] = cancellation.wire()
    record.happened.append(told)


def pend(record: Record) -> None:
    """The PG answers later: PAY_PENDING."""
    payment = existing(record)
    hop(payment, Status.PAY_PENDING)
    payment.pg_tx_id = f"pgtx-{ULID()}"


def fail(record: Record, failure: Failure) -> None:
    """The attempt failed. Not the end: the same id may be tried again."""
    payment = existing(record)
    hop(payment, Status.FAILED)
    payment.pg_tx_id = None
    payment.failed_at = payment.status_changed_at
    payment.failure = failure


def issue_account(record: Record, *, valid_hours: int) -> None:
    """A virtual account waits for the shopper's transfer."""
    payment = existing(record)
    hop(payment, Status.VIRTUAL_ACCOUNT_ISSUED)
    payment.method = methods.virtual_account(valid_hours=valid_hours, now_ns=payment.changed_ns)
    payment.pg_tx_id = f"pgtx-{ULID()}"
    record.pay_method = PayMethod.VIRTUAL_ACCOUNT


def deposit(record: Record, *, base_url: str) -> None:
    """The shopper's transfer arrives. A bank refuses it for an account that is closed or past its time."""
    payment = existing(record)
    if payment.status is not Status.VIRTUAL_ACCOUNT_ISSUED:
        raise RefusalError(409, "NOT_WAITING_FOR_DEPOSIT", "No virtual account of this payment waits for a deposit.")
    if from_rfc3339((payment.method or {})["expiredAt"]) < now_ms():
        raise RefusalError(409, "VIRTUAL_ACCOUNT_EXPIRED", "The virtual account is past its time.")
    approve(record, base_url=base_url)


def close_account(record: Record) -> str:
    """Kill an unpaid virtual account: CANCELLED (the docs name no other end). Answers the time of closing."""
    payment = existing(record)
    if payment.status is not Status.VIRTUAL_ACCOUNT_ISSUED:
        raise PortOneError("PAYMENT_NOT_WAITING_FOR_DEPOSIT", "결제 건이 입금 대기 상태가 아닙니다.")
    hop(payment, Status.CANCELLED)
    payment.cancellations = []
    payment.cancelled_at = payment.status_changed_at
    return payment.cancelled_at


def hop(payment: Payment, to: Status) -> None:
    """Move the status. `updatedAt` grows with every change; `statusChangedAt` shows its second."""
    at = next_moment(payment)
    payment.status = to
    payment.changed_ns = at
    payment.status_changed_at = in_seconds(at)
    payment.updated_at = in_nanoseconds(at)


def touch(payment: Payment) -> int:
    """Something but the status changed; answers when, in nanoseconds."""
    at = next_moment(payment)
    payment.updated_at = in_nanoseconds(at)
    return at


def vat_of(taxable: int) -> int:
    """PortOne's default: an eleventh, rounded to the nearest won."""
    return (2 * taxable + 11) // 22


def next_moment(payment: Payment | None) -> int:
    """Now in nanoseconds, after whatever happened to the payment before by more than the millisecond that we keep."""
    if payment is None:
        return now_ns()
    last = max(payment.changed_ns, from_rfc3339(payment.updated_at) * 1_000_000)
    return max(now_ns(), last + 1_000_001)


def channel_of(channel_key: str, pay_method: PayMethod) -> Channel:
    """The contract behind a channel key."""
    return Channel(
        id=f"channel-id-{channel_key}",
        key=channel_key,
        name="sandbox",
        pg_provider=methods.provider_of(pay_method),
        pg_merchant_id="sandboxtest",
    )
