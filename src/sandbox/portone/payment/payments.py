"""The life of a payment: registration, attempts, approval, failure, deposit (docs/vendors/portone.md#the-payment).

All functions work on a `Record` in memory; `load` and `save` run in the caller's write transaction. If a function
raises, nothing has been saved.
"""

import secrets
import sqlite3
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

import orjson

from src.sandbox.clock import from_rfc3339, in_nanoseconds, in_seconds, now_ms, now_ns
from src.sandbox.config import DEFAULT_CHANNEL_KEY
from src.sandbox.ids import new_ulid, new_uuid
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.payment import escrows, methods
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
    easy_pay_provider: str | None = None
    is_escrow: bool = False
    customer: Customer = field(default_factory=Customer)
    custom_data: str | None = None
    origin: Origin = field(default_factory=lambda: Origin(platform_type="API", ip_address="127.0.0.1"))


@dataclass
class Record:
    """A payment id with its pre-registered values and, once a window was opened, its payment."""

    payment_id: str
    registered_amount: int | None = None
    registered_tax_free: int | None = None
    registered_currency: str | None = None
    payment_token: str | None = None
    """The token of a channel with manual approval, as given to the browser; None once the payment is confirmed."""
    pay_method: PayMethod = PayMethod.CARD
    payment: Payment | None = None
    happened: list[dict[str, Any]] = field(default_factory=list)
    """Payment events (PAID, PARTIAL_CANCELLED, CANCELLED) that `save` inserts."""


def load(db: sqlite3.Connection, payment_id: str) -> Record:
    """Return the record of `payment_id`; an empty record for an unknown id."""
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


def save(db: sqlite3.Connection, record: Record) -> bytes:
    """Write the record, its latest attempt and its new events. Return the payment as JSON, empty without a payment."""
    payment = record.payment
    doc = b"" if payment is None else document(payment)
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
        doc or None,
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
    return doc


def document(payment: Payment) -> bytes:
    """Return the payment as the JSON of PortOne's GET."""
    return payment.model_dump_json(by_alias=True, exclude_none=True).encode()


def shown(db: sqlite3.Connection, payment_id: str) -> bytes | None:
    """Return the stored JSON of a payment; None if it is unknown, or pre-registered and never opened."""
    row = db.execute("SELECT doc FROM portone_payments WHERE id = ?", (payment_id,)).fetchone()
    return None if row is None else row["doc"]


def existing(record: Record) -> Payment:
    """Return the payment. Raises PortOneError PAYMENT_NOT_FOUND."""
    if record.payment is None:
        raise PortOneError("PAYMENT_NOT_FOUND", "결제 건이 존재하지 않습니다.")
    return record.payment


def register(record: Record, total: int | None, tax_free: int | None, currency: str | None) -> None:
    """Set amount and currency before the window opens. PortOne does not document a repeat; here the last call
    counts. Raises PortOneError ALREADY_PAID."""
    if record.payment is not None and record.payment.paid_at is not None:
        raise PortOneError("ALREADY_PAID", "결제가 이미 완료되었습니다.")
    record.registered_amount = total
    record.registered_tax_free = tax_free
    record.registered_currency = currency


def check_payable(record: Record) -> None:
    """Raise RefusalError 409 unless the payment can be attempted: an id is paid at most once, and not while its virtual
    account waits for a deposit."""
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
    """Start an attempt: READY with a new transaction id. The payment id and the time of the first request stay."""
    before = record.payment
    at = next_moment(before)
    vat = vat_of(checkout.total - checkout.tax_free)
    payment = Payment(
        status=Status.READY,
        id=checkout.payment_id,
        transaction_id=new_uuid(),
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
            # PortOne sets `paid` before anything is paid.
            paid=checkout.total,
        ),
        currency=checkout.currency,
        customer=checkout.customer,
        origin=checkout.origin,
        custom_data=checkout.custom_data,
    )
    if checkout.is_escrow and checkout.pay_method in escrows.METHODS:
        payment.escrow = {"status": "BEFORE_REGISTERED"}
    if checkout.pay_method is PayMethod.EASY_PAY:
        wallet = methods.wallet_of(checkout.channel_key, checkout.easy_pay_provider)
        payment.method = {"type": "PaymentMethodEasyPay", "provider": wallet}
    record.pay_method = checkout.pay_method
    record.payment_token = None
    record.payment = payment
    return payment


def approve(record: Record, *, base_url: str, discount: int = 0) -> None:
    """Set PAID after the PG's approval or a deposit. `discount` is the card company's part of the total, in won."""
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
        wallet = (payment.method or {}).get("provider")
        payment.method = methods.instrument(record.pay_method, wallet=wallet or "KAKAOPAY")
    hop(payment, Status.PAID)
    payment.amount.discount = discount
    payment.amount.paid = payment.amount.total - discount
    payment.paid_at = payment.status_changed_at
    payment.pg_tx_id = payment.pg_tx_id or f"pgtx-{new_ulid()}"
    payment.pg_response = "{}"
    payment.failure = payment.failed_at = None
    record.payment_token = None
    payment.receipt_url = f"{base_url}/portone/receipts/{quote(payment.id, safe='')}"
    payment.disputes = []
    note_event(record, amount=payment.amount.total)


def authorize(record: Record) -> str:
    """Create and return the token after the shopper's consent on a channel with manual approval. The payment is not
    paid until the shop confirms it with the token."""
    existing(record)
    record.payment_token = f"token-{secrets.token_urlsafe(24)}"
    return record.payment_token


def note_event(record: Record, *, amount: int, cancellation: Cancellation | None = None) -> None:
    """Add an event for `payment-events-by-cursor`. `amount` is negative for refunded money."""
    payment = existing(record)
    told = payment.wire()
    for name in ("status", "id", "updatedAt", "statusChangedAt", "paidAt", "cancelledAt", "cancellations"):
        told.pop(name, None)
    told["totalAmount"] = told.pop("amount")
    told |= {
        "type": payment.status.value,
        "id": new_uuid(),
        "paymentId": payment.id,
        "createdAt": payment.updated_at,
        "eventAmount": amount,
    }
    if cancellation is not None:
        told["cancellation"] = cancellation.wire()
    record.happened.append(told)


def pend(record: Record) -> None:
    """Set PAY_PENDING: the PG answers later."""
    payment = existing(record)
    hop(payment, Status.PAY_PENDING)
    payment.pg_tx_id = f"pgtx-{new_ulid()}"


def fail(record: Record, failure: Failure) -> None:
    """Set FAILED. The same payment id may be attempted again."""
    payment = existing(record)
    hop(payment, Status.FAILED)
    payment.pg_tx_id = None
    payment.failed_at = payment.status_changed_at
    payment.failure = failure


def issue_account(record: Record, *, valid_hours: int) -> None:
    """Issue a virtual account, which then waits for the shopper's transfer."""
    payment = existing(record)
    hop(payment, Status.VIRTUAL_ACCOUNT_ISSUED)
    payment.method = methods.virtual_account(valid_hours=valid_hours, now_ns=payment.changed_ns)
    payment.pg_tx_id = f"pgtx-{new_ulid()}"
    record.pay_method = PayMethod.VIRTUAL_ACCOUNT


def deposit(record: Record, *, base_url: str) -> None:
    """Approve the payment by the shopper's transfer. Raises RefusalError 409 for an account that is closed or expired,
    as the bank refuses it."""
    payment = existing(record)
    if payment.status is not Status.VIRTUAL_ACCOUNT_ISSUED:
        raise RefusalError(409, "NOT_WAITING_FOR_DEPOSIT", "No virtual account of this payment waits for a deposit.")
    if from_rfc3339((payment.method or {})["expiredAt"]) < now_ms():
        raise RefusalError(409, "VIRTUAL_ACCOUNT_EXPIRED", "The virtual account is past its time.")
    approve(record, base_url=base_url)


def close_account(record: Record) -> str:
    """Close an unpaid virtual account and return the time. The status becomes CANCELLED, as PortOne's docs name no
    other."""
    payment = existing(record)
    if payment.status is not Status.VIRTUAL_ACCOUNT_ISSUED:
        raise PortOneError("PAYMENT_NOT_WAITING_FOR_DEPOSIT", "결제 건이 입금 대기 상태가 아닙니다.")
    hop(payment, Status.CANCELLED)
    payment.cancellations = []
    payment.cancelled_at = payment.status_changed_at
    return payment.cancelled_at


def hop(payment: Payment, to: Status) -> None:
    """Change the status. `updatedAt` increases with every change; `statusChangedAt` is the same time in seconds."""
    at = next_moment(payment)
    payment.status = to
    payment.changed_ns = at
    payment.status_changed_at = in_seconds(at)
    payment.updated_at = in_nanoseconds(at)


def touch(payment: Payment) -> int:
    """Record a change other than of the status, and return its time in nanoseconds."""
    at = next_moment(payment)
    payment.updated_at = in_nanoseconds(at)
    return at


def vat_of(taxable: int) -> int:
    """Return PortOne's default VAT: one eleventh, rounded to the nearest won."""
    return (2 * taxable + 11) // 22


def next_moment(payment: Payment | None) -> int:
    """Return now in nanoseconds, but more than 1 ms after the payment's last change: the tables keep milliseconds."""
    if payment is None:
        return now_ns()
    last = max(payment.changed_ns, from_rfc3339(payment.updated_at) * 1_000_000)
    return max(now_ns(), last + 1_000_001)


def channel_of(channel_key: str, pay_method: PayMethod) -> Channel:
    """Return the channel of a channel key."""
    return Channel(
        id=f"channel-id-{channel_key}",
        key=channel_key,
        name="sandbox",
        pg_provider=methods.provider_of(pay_method, channel_key),
        pg_merchant_id="sandboxtest",
    )
