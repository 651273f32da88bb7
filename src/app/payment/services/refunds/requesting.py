"""Write the intent of a refund, inside the open unit of work. The job ``send-refunds`` sends it after the commit."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from src.app.payment.dtos.events import RefundNeedsAccount
from src.app.payment.errors import RefundBlocked
from src.app.payment.models import (
    AUTOMATIC,
    Discrepancy,
    DiscrepancyKind,
    Payment,
    PayMethod,
    Refund,
    RefundMeans,
    RefundReason,
    RefundStatus,
    cause_of,
)
from src.app.payment.services.mirroring import note_discrepancy
from src.app.payment.services.refund_progress import new_key
from src.app.payment.services.refunds.balance import left_of, taxes_of
from src.common import clock
from src.common.ids import new_ulid
from src.common.models.work_item import WorkStatus
from src.common.work import wakeup
from src.common.work.outbox import emit
from src.core.database.statements import find

JOB: Final = "send-refunds"
UNASSIGNED: Final = (DiscrepancyKind.EXTERNAL, DiscrepancyKind.DISPUTE)
"""Findings that somebody must explain before more of a payment goes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundAsk:
    """A refund of `amount` won above 0 for one cause (`cause_of`). Of them `tax_free_goods` were paid for tax-free
    goods. `due_on` is the Korean day by which the law wants it sent."""

    reason: RefundReason
    cause: str
    amount: int
    tax_free_goods: int = 0
    due_on: date | None = None


async def commit_refund(payment: Payment, ask: RefundAsk) -> Refund:
    """Write the intent to refund a part of a payment, with its taxes; return it. Call with order and payment locked.

    The amount is promised from then on: it counts as gone. One refund a cause: a repeat returns the first one. A
    payment that the provider does not know is paid back by bank: it is listed as NEEDS_ACCOUNT and `RefundNeedsAccount`
    is emitted. Raises RefundBlocked while a cancellation of nobody of ours or a dispute of the payment is not resolved,
    and where less than the amount is left.
    """
    if ask.amount <= 0:
        raise ValueError("a refund gives something back")
    refunds = await find(Refund, "payment_id = %s ORDER BY id", (payment.id,))
    if (known := next((each for each in refunds if each.cause == ask.cause), None)) is not None:
        return known
    left = left_of(payment, refunds)
    if left.total < ask.amount or await is_unassigned(payment.id):
        raise RefundBlocked(payment_id=payment.payment_id, left=max(0, left.total))
    taxes = taxes_of(ask.amount, tax_free_goods=ask.tax_free_goods, left=left)
    is_bank = payment.pay_method == PayMethod.MANUAL_TRANSFER
    refund = await _create(
        payment,
        ask,
        means=RefundMeans.BANK if is_bank else RefundMeans.PROVIDER,
        status=RefundStatus.NEEDS_ACCOUNT if is_bank else RefundStatus.REQUESTED,
        work_status=WorkStatus.DONE if is_bank else WorkStatus.PENDING,
        tax_free_amount=taxes.tax_free,
        vat_amount=taxes.vat,
    )
    if is_bank:
        await note_discrepancy(payment, DiscrepancyKind.NEEDS_ACCOUNT, reference=refund.refund_no, amount=refund.amount)
        await emit(RefundNeedsAccount(refund_id=refund.id))
    else:
        wakeup.wake(JOB)
    return refund


async def request_refund(payment: Payment, reason: RefundReason, *, amount: int) -> None:
    """Write the intent to refund all of a rejected payment, once per payment. Call with the payment locked.

    `amount` is the won cancellable now; each send reads it again. A repeat changes nothing.
    """
    if await Refund.filter(payment_id=payment.id, reason__in=AUTOMATIC).exists():
        return
    await _create(payment, RefundAsk(reason=reason, cause=cause_of(reason, payment.id), amount=amount))
    wakeup.wake(JOB)


async def is_unassigned(payment_row_id: int) -> bool:
    """Return whether somebody must first say what a cancellation or a dispute of this payment is."""
    found = Discrepancy.filter(payment_id=payment_row_id, kind__in=UNASSIGNED, resolved_at=None)
    return await found.exists()


async def _create(payment: Payment, ask: RefundAsk, **values: Any) -> Refund:
    now = clock.now()
    return await Refund.create(
        refund_no=new_ulid(),
        payment_id=payment.id,
        reason=ask.reason,
        cause=ask.cause,
        amount=ask.amount,
        tax_free_goods=ask.tax_free_goods,
        due_on=ask.due_on,
        idempotency_key=new_key(),
        available_at=now,
        created_at=now,
        **values,
    )
