"""Automatic refunds: commit the intent first, then send the cancel request.

Sources: docs/architecture.md#r7 and docs/domain.md#refunds.
"""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from tortoise.exceptions import DoesNotExist

from src.app.payment.dtos.events import RefundNeedsAccount
from src.app.payment.models import (
    DiscrepancyKind,
    Payment,
    Refund,
    RefundAttempt,
    RefundReason,
    RefundStatus,
)
from src.app.payment.services.locks import lock_payment
from src.app.payment.services.mirroring import mirror, note_discrepancy, take_back
from src.app.payment.services.provider.base import CancellationStatus, ProviderPayment, provider
from src.app.payment.services.refund_progress import recognise, succeed
from src.common import clock
from src.common.ids import new_ulid
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.vendors import Declined, VendorError
from src.common.work import queue, wakeup
from src.common.work.outbox import emit
from src.core.database import proven_by, unit_of_work

logger = logging.getLogger(__name__)

JOB = "send-refunds"
PENDING_DELAY_SECONDS = 60.0  # before an asynchronous cancel is checked; doubles per attempt up to an hour
STUBBORN = 5  # so many answered sends without success put the refund on the discrepancy list
WORDS = {
    RefundReason.MISMATCH: "결제 금액 불일치 자동 취소",
    RefundReason.LATE: "주문 만료 후 결제 자동 취소",
    RefundReason.DUPLICATE: "중복 결제 자동 취소",
}


async def request_refund(payment: Payment, reason: RefundReason, *, amount: int) -> None:
    """Write the intent to refund the whole payment, inside the open unit of work. At most one per payment ever.

    `amount` is the won cancellable now; each send reads it again. A repeat changes nothing. Wakes the job
    ``send-refunds``.
    """
    now = clock.now()
    if await Refund.filter(payment_id=payment.id).exists():
        return
    await Refund.create(
        refund_no=new_ulid(),
        payment_id=payment.id,
        reason=reason,
        amount=amount,
        idempotency_key=_new_key(),
        available_at=now,
        created_at=now,
    )
    wakeup.wake(JOB)


async def send_due(*, limit: int = 10) -> int:
    """Send up to `limit` due refunds concurrently, so that all end within their lease; return how many were taken.

    The job ``send-refunds``.
    """
    rows = await queue.take_due(Refund, limit=limit)
    await asyncio.gather(*(_send_under(row) for row in rows))
    return len(rows)


async def _send_under(refund: Refund) -> None:
    with under(refund.request_id):
        await _send(refund)


async def _send(refund: Refund) -> None:
    """Send a taken refund once: read the payment again, commit the attempt, cancel, commit the outcome."""
    payment = await Payment.get(id=refund.payment_id)
    try:
        seen = await provider().get(payment.payment_id)
        if seen is None:
            await _put_back(refund, "the provider does not know the payment")
            return
        attempt = await unit_of_work(lambda: _prepare(refund.id, seen))
        if attempt is None:
            await _rest(refund)
            return
        await _cancel(refund, payment, attempt, tax_free=seen.cancellable_tax_free)
    except VendorError as error:
        logger.warning("refund %s not sent: %s", refund.refund_no, error.reason)
        await _put_back(refund, error.reason)
    except Exception as error:  # noqa: BLE001 - one refund that breaks must not keep the others waiting
        logger.error("refund %s failed: %s", refund.refund_no, where(error))
        await _put_back(refund, type(error).__name__)


async def _prepare(refund_id: int, seen: ProviderPayment) -> RefundAttempt | None:
    """Mirror the fresh snapshot and insert the attempt. Return None if there is nothing to send (now)."""
    payment = await lock_payment((await Refund.get(id=refund_id)).payment_id)
    await mirror(payment, seen)
    refund = await Refund.filter(id=refund_id).select_for_update().get()
    if refund.status in (RefundStatus.SUCCEEDED, RefundStatus.PENDING_AT_PROVIDER):
        return None
    if seen.cancellable == 0:
        # A cancellation that is not ours returned everything; `mirror` put it on the discrepancy list.
        await succeed(refund, cancellation_id=None, amount=0)
        return None
    if seen.by_account:
        refund.status = RefundStatus.NEEDS_ACCOUNT
        await refund.save(update_fields=["status"])
        await note_discrepancy(
            payment, DiscrepancyKind.NEEDS_ACCOUNT, reference=refund.refund_no, amount=seen.cancellable
        )
        await emit(RefundNeedsAccount(refund_id=refund.id))
        return None
    last = await RefundAttempt.filter(refund_id=refund.id).order_by("-id").first()
    if last is not None and last.cancellable != seen.cancellable:
        # A changed balance changes the request, and one key must not be used for two requests. An earlier send that is
        # still under way cannot succeed as well: its currentCancellableAmount is no longer true.
        refund.idempotency_key = _new_key()
    refund.status = RefundStatus.SENT
    await refund.save(update_fields=["status", "idempotency_key"])
    return await RefundAttempt.create(
        refund_id=refund.id,
        idempotency_key=refund.idempotency_key,
        amount=seen.cancellable,
        cancellable=seen.cancellable,
        sent_at=clock.now(),
    )


async def _cancel(refund: Refund, payment: Payment, attempt: RefundAttempt, *, tax_free: int) -> None:
    """Send an attempt, which takes all that is left, and so all that is left of the money without VAT."""
    try:
        cancellation = await provider().cancel(
            payment.payment_id,
            amount=attempt.amount,
            tax_free=tax_free,
            cancellable=attempt.cancellable,
            reason=f"{WORDS[refund.reason]} {refund.refund_no}",
            key=attempt.idempotency_key,
        )
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
        await take_back(locked, cancellation, left=max(0, attempt.cancellable - cancellation.amount))
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
    if not await mine.update(status=RefundStatus.FAILED, idempotency_key=_new_key()):
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


def _new_key() -> str:
    return secrets.token_hex(16)


async def by_id(refund_id: int) -> tuple[Refund, Payment]:
    """Return a live refund and its payment. Raises DoesNotExist."""
    refund = await Refund.get(id=refund_id)
    return refund, await Payment.get(id=refund.payment_id)


async def by_ids(refund_ids: Sequence[int]) -> dict[int, tuple[Refund, Payment]]:
    """Return live refunds and their payments by the refund's id, in two queries. Raises DoesNotExist if one is
    missing."""
    refunds = await Refund.filter(id__in=list(refund_ids))
    payments = {row.id: row for row in await Payment.filter(id__in=[refund.payment_id for refund in refunds])}
    if missing := set(refund_ids) - {refund.id for refund in refunds if refund.payment_id in payments}:
        raise DoesNotExist(f"refunds {sorted(missing)}")
    return {refund.id: (refund, payments[refund.payment_id]) for refund in refunds}
