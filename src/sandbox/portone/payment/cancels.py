"""Cancellations: full, partial and asynchronous (docs/vendors/portone.md#cancelling)."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from src.sandbox.clock import in_nanoseconds, now_ns
from src.sandbox.ids import new_ulid, new_uuid
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.payment.model import Cancellation, Payment, PayMethod, Status, Wire
from src.sandbox.portone.payment.payments import Record, existing, hop, note_event, touch, vat_of
from src.sandbox.web import Money, PositiveMoney, RefusalError, Text

Outcome = Literal["SUCCEEDED", "REQUESTED", "FAILED"]


class RefundAccount(Wire):
    """The account for a refund of a virtual-account payment. `bank` is the REST name (KOOKMIN, not KOOKMIN_BANK)."""

    bank: Annotated[Text, Field(pattern=r"^[A-Z][A-Z_]{1,39}$")]
    number: Annotated[Text, Field(pattern=r"^[0-9-]{4,40}$")]
    holder_name: Annotated[Text, Field(min_length=1, max_length=100)]
    holder_phone_number: Text | None = None


class CancelRequest(Wire):
    """Body of `POST /payments/{id}/cancel`."""

    reason: Annotated[Text, Field(min_length=1, max_length=1000)]
    amount: PositiveMoney | None = None
    tax_free_amount: Money | None = None
    vat_amount: Money | None = None
    current_cancellable_amount: Money | None = None
    requester: Literal["CUSTOMER", "ADMIN"] | None = None
    refund_account: RefundAccount | None = None
    skip_webhook: StrictBool = False
    store_id: Text | None = None


def cancellable(payment: Payment) -> int:
    """Return the won that can still be refunded. The amount of a pending cancellation is excluded, so that it cannot be
    refunded twice."""
    return payment.amount.total - payment.amount.cancelled - sum(c.total_amount for c in _pending(payment))


def cancel(
    record: Record, ask: CancelRequest, *, trigger: Literal["API", "CONSOLE"], outcome: Outcome = "SUCCEEDED"
) -> Cancellation:
    """Add a cancellation. Raises PortOneError with the documented type before it changes anything."""
    payment = _paid(record)
    if trigger == "API" and record.pay_method is PayMethod.VIRTUAL_ACCOUNT and ask.refund_account is None:
        raise PortOneError("INVALID_REQUEST", "refundAccount: 가상계좌 결제의 환불에는 환불 계좌가 필요합니다.")
    left = cancellable(payment)
    if ask.current_cancellable_amount is not None and ask.current_cancellable_amount != left:
        raise PortOneError("CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN", "취소 가능 잔액 검증에 실패했습니다.")
    amount = left if ask.amount is None else ask.amount
    if amount > left or left == 0:
        raise PortOneError("CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT", "취소 금액이 취소 가능 금액을 초과했습니다.")
    tax_free, vat = _split(payment, ask, amount=amount, everything=amount == left)
    cancellation = Cancellation(
        status="REQUESTED",
        id=new_uuid(),
        pg_cancellation_id=f"pgcancel-{new_ulid()}",
        total_amount=amount,
        tax_free_amount=tax_free,
        vat_amount=vat,
        reason=ask.reason,
        requested_at=in_nanoseconds(now_ns()),
        trigger=trigger,
    )
    payment.cancellations = [*(payment.cancellations or []), cancellation]
    if outcome == "SUCCEEDED":
        succeed(record, cancellation)
    else:
        cancellation.status = outcome
        touch(payment)
    return cancellation


def pending(record: Record, cancellation_id: str | None) -> Cancellation:
    """Return the asynchronous cancellation to finish: the named one, else the oldest pending one. Raises RefusalError
    409 if none is pending."""
    for cancellation in _pending(existing(record)):
        if cancellation_id in (None, cancellation.id):
            return cancellation
    raise RefusalError(409, "NO_PENDING_CANCELLATION", "No cancellation of this payment waits for its end.")


def succeed(record: Record, cancellation: Cancellation) -> None:
    """Complete a cancellation: its amount is refunded."""
    payment = existing(record)
    amount = payment.amount
    amount.cancelled += cancellation.total_amount
    amount.cancelled_tax_free += cancellation.tax_free_amount
    hop(payment, Status.CANCELLED if amount.cancelled == amount.total else Status.PARTIAL_CANCELLED)
    cancellation.status = "SUCCEEDED"
    cancellation.cancelled_at = payment.status_changed_at
    cancellation.receipt_url = payment.receipt_url
    payment.cancelled_at = payment.status_changed_at
    # In PortOne's schema, both fields exist only at PAID.
    payment.disputes = None
    payment.pg_response = None
    if payment.method is not None and payment.method["type"] == "PaymentMethodVirtualAccount":
        payment.method = {**payment.method, "refundStatus": "COMPLETED"}
    note_event(record, amount=-cancellation.total_amount, cancellation=cancellation)


def give_up(payment: Payment, cancellation: Cancellation) -> None:
    """Set an asynchronous cancellation to FAILED, as the PG refused it. Its amount can be cancelled again."""
    cancellation.status = "FAILED"
    touch(payment)


def _paid(record: Record) -> Payment:
    payment = existing(record)
    if payment.status is Status.CANCELLED:
        raise PortOneError("PAYMENT_ALREADY_CANCELLED", "결제가 이미 취소되었습니다.")
    if payment.status not in (Status.PAID, Status.PARTIAL_CANCELLED):
        raise PortOneError("PAYMENT_NOT_PAID", "결제가 완료되지 않았습니다.")
    return payment


def _pending(payment: Payment) -> list[Cancellation]:
    return [c for c in payment.cancellations or [] if c.status == "REQUESTED"]


def _split(payment: Payment, ask: CancelRequest, *, amount: int, everything: bool) -> tuple[int, int]:
    """Return tax-free part and VAT of a cancellation. Without `taxFreeAmount`, a partial one is fully taxable."""
    alive = [c for c in payment.cancellations or [] if c.status != "FAILED"]
    tax_free_left = payment.amount.tax_free - sum(c.tax_free_amount for c in alive)
    vat_left = payment.amount.vat - sum(c.vat_amount for c in alive)
    tax_free = ask.tax_free_amount
    if tax_free is None:
        tax_free = tax_free_left if everything else 0
    if tax_free > tax_free_left:
        raise PortOneError(
            "CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT", "취소 면세 금액이 남은 면세 금액보다 큽니다."
        )
    if tax_free + (ask.vat_amount or 0) > amount:
        raise PortOneError("SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT", "면세 금액과 부가세의 합이 취소 금액보다 큽니다.")
    taxable_left = cancellable(payment) - tax_free_left
    if amount - tax_free > taxable_left or (ask.vat_amount or 0) > vat_left:
        raise PortOneError(
            "CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT", "취소 과세 금액이 남은 과세 금액보다 큽니다."
        )
    if ask.vat_amount is not None:
        return tax_free, ask.vat_amount
    # The last cancellation takes the rest of the VAT, so that rounding in partial ones does not change the sum.
    return tax_free, vat_left if everything else min(vat_of(amount - tax_free), vat_left)
