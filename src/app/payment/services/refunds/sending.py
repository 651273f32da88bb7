"""Send refunds: read the payment again, commit the attempt, cancel, commit the outcome (docs/architecture.md#r7)."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from src.app.payment.dtos.events import RefundNeedsAccount
from src.app.payment.models import (
    UNDER_WAY,
    DiscrepancyKind,
    Payment,
    Refund,
    RefundAttempt,
    RefundReason,
    RefundStatus,
    is_automatic,
)
from src.app.payment.services.locks import lock_payment
from src.app.payment.services.mirroring import mirror, note_again, note_discrepancy, take_back
from src.app.payment.services.provider.base import CancelAsk, CancellationStatus, ProviderPayment, provider
from src.app.payment.services.refund_progress import new_key, recognise, succeed
from src.app.payment.services.refunds.accounts import payee_of
from src.app.payment.services.refunds.blocking import block, reason_to_block, unblock
from src.app.pricing.services.tax import vat_of
from src.common import clock
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.vendors import Declined, VendorError
from src.common.work import queue, wakeup
from src.common.work.outbox import emit
from src.core.database import proven_by, unit_of_work

logger = logging.getLogger(__name__)

PENDING_DELAY_SECONDS: Final = 60.0  # before an asynchronous cancel is checked; doubles per attempt up to an hour
TURN: Final = timedelta(seconds=2)  # before a refund looks again whether the one before it is done
STUBBORN: Final = 5  # so many answered sends without success put the refund on the discrepancy list
WORDS: Final = {
    RefundReason.MISMATCH: "결제 금액 불일치 자동 취소",
    RefundReason.LATE: "주문 만료 후 결제 자동 취소",
    RefundReason.DUPLICATE: "중복 결제 자동 취소",
    RefundReason.CANCEL: "주문 취소",
}


@dataclass(frozen=True, slots=True)
class Waits:
    """The refund waits for its turn: another one of its payment is under way."""

    text: str
    turn: timedelta = TURN


async def send_due(*, limit: int = 10) -> int:
    """Send up to `limit` due refunds concurrently, so that all end within their lease; return how many were taken.

    The job ``send-refunds``. Of one payment one refund is under way at a time; the others wait for it.
    """
    rows = await queue.take_due(Refund, limit=limit)
    await asyncio.gather(*(_send_under(row) for row in rows))
    return len(rows)


async def _send_under(refund: Refund) -> None:
    with under(refund.request_id):
        await _send(refund)


async def _send(refund: Refund) -> None:
    """Send a taken refund once, or find that there is nothing to send now."""
    payment = await Payment.get(id=refund.payment_id)
    try:
        seen = await provider().get(payment.payment_id)
        if seen is None:
            await _put_back(refund, "the provider does not know the payment")
            return
        attempt = await unit_of_work(lambda: _prepare(refund.id, seen))
        if isinstance(attempt, Waits):
            await _wait(refund, attempt)
        elif attempt is None:
            await _rest(refund)
        else:
            await _cancel(refund, payment, attempt, seen)
    except VendorError as error:
        logger.warning("refund %s not sent: %s", refund.refund_no, error.reason)
        await _put_back(refund, error.reason)
    except Exception as error:  # noqa: BLE001 - one refund that breaks must not keep the others waiting
        logger.error("refund %s failed: %s", refund.refund_no, where(error))
        await _put_back(refund, type(error).__name__)


async def _prepare(refund_id: int, seen: ProviderPayment) -> RefundAttempt | Waits | None:
    """Mirror the fresh snapshot and insert the attempt. Return None if there is nothing to send (now).

    Locks the payment, so that two refunds of it are never under way at the same time.
    """
    payment = await lock_payment((await Refund.get(id=refund_id)).payment_id)
    await mirror(payment, seen)
    refund = await Refund.filter(id=refund_id).select_for_update().get()
    if refund.status in (RefundStatus.SUCCEEDED, RefundStatus.PENDING_AT_PROVIDER):
        return None
    other = await Refund.filter(payment_id=payment.id, status__in=UNDER_WAY).exclude(id=refund.id).first()
    if other is not None:
        return _wait_for(other)
    if seen.cancellable == 0 and is_automatic(refund):
        # A cancellation that is not ours returned everything; `mirror` put it on the discrepancy list.
        await succeed(refund, cancellation_id=None, amount=0)
        return None
    if why := await reason_to_block(refund, seen):
        await block(refund, payment, why)
        return None
    amount = seen.cancellable if is_automatic(refund) else refund.amount
    if seen.by_account and await payee_of(payment.order_id) is None:
        refund.status = RefundStatus.NEEDS_ACCOUNT
        await refund.save(update_fields=["status"])
        await note_again(payment, DiscrepancyKind.NEEDS_ACCOUNT, reference=refund.refund_no, amount=amount)
        await emit(RefundNeedsAccount(refund_id=refund.id))
        return None
    await unblock(refund)
    return await _attempt(refund, seen, amount)


def _wait_for(other: Refund) -> Waits:
    """Return how long to wait: a cancel that the provider works on may take days, and is looked at once a minute."""
    text = f"waits for refund {other.refund_no}"
    if other.status == RefundStatus.PENDING_AT_PROVIDER:
        return Waits(text, timedelta(seconds=PENDING_DELAY_SECONDS))
    return Waits(text)


async def _attempt(refund: Refund, seen: ProviderPayment, amount: int) -> RefundAttempt:
    last = await RefundAttempt.filter(refund_id=refund.id).order_by("-id").first()
    if last is not None and last.cancellable != seen.cancellable:
        # A changed balance changes the request, and one key must not be used for two requests. An earlier send that is
        # still under way cannot succeed as well: its currentCancellableAmount is no longer true.
        refund.idempotency_key = new_key()
    refund.status = RefundStatus.SENT
    await refund.save(update_fields=["status", "idempotency_key"])
    tax_free, vat = _taxes(refund, seen)
    return await RefundAttempt.create(
        refund_id=refund.id,
        idempotency_key=refund.idempotency_key,
        amount=amount,
        tax_free_amount=tax_free,
        vat_amount=vat,
        cancellable=seen.cancellable,
        sent_at=clock.now(),
    )


def _taxes(refund: Refund, seen: ProviderPayment) -> tuple[int, int]:
    """Return the tax-free part and the VAT to send: the refund's own, or of all that is left."""
    if refund.tax_free_amount is not None and refund.vat_amount is not None:
        return refund.tax_free_amount, refund.vat_amount
    tax_free = min(seen.cancellable_tax_free, seen.cancellable)
    left = seen.cancellable_vat
    return tax_free, vat_of(seen.cancellable - tax_free) if left is None else left


async def _cancel(refund: Refund, payment: Payment, attempt: RefundAttempt, seen: ProviderPayment) -> None:
    tax_free = attempt.tax_free_amount or 0
    asked = CancelAsk(
        amount=attempt.amount,
        tax_free=tax_free,
        vat=attempt.vat_amount or 0,
        cancellable=attempt.cancellable,
        reason=f"{WORDS[refund.reason]} {refund.refund_no}",
        key=attempt.idempotency_key,
        payee=await payee_of(payment.order_id) if seen.by_account else None,
    )
    try:
        cancellation = await provider().cancel(payment.payment_id, asked)
    except Declined as declined:
        reason = declined.reason
        await unit_of_work(lambda: _refused(refund, attempt, reason))
        await _put_back(refund, reason)
        return
    if cancellation.status == CancellationStatus.FAILED:
        await unit_of_work(lambda: _refused(refund, attempt, "FAILED"))
        await _put_back(refund, "FAILED")
        return

    async def record() -> None:
        locked = await lock_payment(refund.payment_id)
        fresh = await Refund.filter(id=refund.id).select_for_update().get()
        left = max(0, attempt.cancellable - cancellation.amount)
        await take_back(locked, cancellation, left=left, tax_free=seen.cancelled_tax_free + tax_free)
        await recognise(fresh, cancellation)
        # The answer does not show the payment: the job reread-payments mirrors it, also after a crash right here.
        await Payment.filter(id=refund.payment_id).update(next_reread_at=clock.now())
        await _answered(attempt, str(cancellation.status or "UNKNOWN"))

    await unit_of_work(record)
    wakeup.wake("reread-payments")
    await _rest(refund)


async def _refused(refund: Refund, attempt: RefundAttempt, reason: str) -> None:
    """Record a refused send. The next send gets a new key: PortOne replays stored answers, errors too, for 3 hours.

    Locks the payment. After STUBBORN answered sends the refund goes on the discrepancy list as REFUND_FAILED.
    """
    payment = await lock_payment(refund.payment_id)
    await _answered(attempt, reason)
    over = (RefundStatus.SUCCEEDED, RefundStatus.PENDING_AT_PROVIDER)
    # If our lease ended, another sender may have completed the refund.
    mine = Refund.filter(id=refund.id, status__not_in=over)
    if not await mine.update(status=RefundStatus.FAILED, idempotency_key=new_key()):
        return
    if await RefundAttempt.filter(refund_id=refund.id).exclude(outcome="").count() >= STUBBORN:
        await note_discrepancy(
            payment,
            DiscrepancyKind.REFUND_FAILED,
            reference=refund.refund_no,
            amount=attempt.amount,
            detail=reason,
        )


async def _answered(attempt: RefundAttempt, outcome: str) -> None:
    now = clock.now()
    await RefundAttempt.filter(id=attempt.id).update(outcome=outcome[:80], answered_at=now)
    proven_by(partial(_is_answered, attempt.id, now))


async def _is_answered(attempt_id: int, moment: datetime) -> bool:
    found = RefundAttempt.filter(id=attempt_id, answered_at=moment)
    return bool(await found.select_for_update().values_list("id"))


async def _wait(refund: Refund, waits: Waits) -> None:
    """Look again soon. It was no attempt to send, so later delays do not grow by it."""
    await queue.end(
        refund, available_at=clock.now() + waits.turn, attempts=refund.attempts - 1, last_error=waits.text[:200]
    )


async def _rest(refund: Refund) -> None:
    """End the row's work if the refund succeeded or needs an account; else put it back for a later check."""
    now = await Refund.get(id=refund.id)
    if now.status in (RefundStatus.SUCCEEDED, RefundStatus.NEEDS_ACCOUNT):
        await queue.finish(refund)
    else:
        await _put_back(refund, "", first_delay=PENDING_DELAY_SECONDS)


async def _put_back(refund: Refund, error: str, *, first_delay: float = 1.0) -> None:
    """Put the refund back. It never becomes DEAD: refunds are tried without limit, at least once an hour."""
    await queue.put_back(refund, error, first_delay=first_delay, may_die=False)
