"""Automatic refunds: the intent is committed first, the money is sent for afterwards.

Sources: docs/architecture.md#r7 and docs/domain.md#refunds.
"""

import asyncio
import logging
import secrets
from datetime import datetime
from functools import partial

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
PENDING_DELAY_SECONDS = 60.0  # first look at an asynchronous cancel; then less and less often
STUBBORN = 5  # refused this often: a person should look
WORDS = {
    RefundReason.MISMATCH: "결제 금액 불일치 자동 취소",
    RefundReason.LATE: "주문 만료 후 결제 자동 취소",
    RefundReason.DUPLICATE: "중복 결제 자동 취소",
}


async def request_refund(payment: Payment, reason: RefundReason, *, amount: int) -> None:
    """Commit the intent to refund the whole payment, inside the open unit of work. At most one per payment ever.

    `amount` is what is cancellable now, in won; each send reads it again. Wakes the sender.
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
    """Send up to `limit` due refunds side by side, so that all are done within their lease; returns how many.

    The job ``send-refunds``.
    """
    rows = await queue.take_due(Refund, limit=limit)
    await asyncio.gather(*(_send_under(row) for row in rows))
    return len(rows)


async def _send_under(refund: Refund) -> None:
    with under(refund.request_id):
        await _send(refund)


async def _send(refund: Refund) -> None:
    """One send of a taken refund: read the payment again, commit the attempt, cancel, commit the outcome."""
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
        await _cancel(refund, payment, attempt)
    except VendorError as error:
        logger.warning("refund %s not sent: %s", refund.refund_no, error.reason)
        await _put_back(refund, error.reason)
    except Exception as error:  # noqa: BLE001 - one refund that breaks must not keep the others waiting
        logger.error("refund %s failed: %s", refund.refund_no, where(error))
        await _put_back(refund, type(error).__name__)


async def _prepare(refund_id: int, seen: ProviderPayment) -> RefundAttempt | None:
    """Take the fresh snapshot over and write the attempt. None when there is nothing to send (now)."""
    payment = await lock_payment((await Refund.get(id=refund_id)).payment_id)
    await mirror(payment, seen)
    refund = await Refund.filter(id=refund_id).select_for_update().get()
    if refund.status in (RefundStatus.SUCCEEDED, RefundStatus.PENDING_AT_PROVIDER):
        return None
    if seen.cancellable == 0:
        # Everything went back by a cancellation that is not ours; it stands on the discrepancy list.
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
        # Another balance makes another request, and one key must not carry two. A send still on its way cannot
        # succeed beside it: its currentCancellableAmount is no longer true.
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


async def _cancel(refund: Refund, payment: Payment, attempt: RefundAttempt) -> None:
    try:
        cancellation = await provider().cancel(
            payment.payment_id,
            amount=attempt.amount,
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
        # The answer does not show the payment: the re-read job mirrors the rest of it, also after a crash right here.
        await Payment.filter(id=refund.payment_id).update(next_reread_at=clock.now())
        await _answered(attempt, str(cancellation.status or "UNKNOWN"))

    await unit_of_work(record)
    wakeup.wake("reread-payments")
    await _rest(refund)


async def _refused(refund: Refund, attempt: RefundAttempt, reason: str) -> None:
    """The provider said no, so the next send needs a new key: it replays stored answers, errors too, for 3 hours."""
    payment = await lock_payment(refund.payment_id)
    await _answered(attempt, reason)
    over = (RefundStatus.SUCCEEDED, RefundStatus.PENDING_AT_PROVIDER)
    # Another sender may have had it meanwhile, when our lease was lost.
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
    """What becomes of the row of work: done, or looked at again while the provider works on it."""
    now = await Refund.get(id=refund.id)
    if now.status in (RefundStatus.SUCCEEDED, RefundStatus.NEEDS_ACCOUNT):
        await queue.finish(refund)
    else:
        await _put_back(refund, "", first_delay=PENDING_DELAY_SECONDS)


async def _put_back(refund: Refund, error: str, *, first_delay: float = 1.0) -> None:
    """Money is tried for ever, at the least once an hour."""
    await queue.put_back(refund, error, first_delay=first_delay, may_die=False)


def _new_key() -> str:
    return secrets.token_hex(16)


async def by_id(refund_id: int) -> tuple[Refund, Payment]:
    """A refund and the payment that it is of. Raises DoesNotExist."""
    refund = await Refund.get(id=refund_id)
    return refund, await Payment.get(id=refund.payment_id)
