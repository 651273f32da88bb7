"""State of a refund. A refund is done only when the provider says SUCCEEDED (docs/promises.md#p5)."""

import secrets

from src.app.journal.services import journal
from src.app.payment.dtos.events import RefundSucceeded
from src.app.payment.models import Payment, Refund, RefundStatus, is_automatic
from src.app.payment.services.journal_entries import refund_entry
from src.app.payment.services.provider.base import CancellationStatus, ProviderCancellation
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.common.work.outbox import emit


def new_key() -> str:
    """Return a new Idempotency-Key for PortOne, 32 characters."""
    return secrets.token_hex(16)


async def recognise(refund: Refund, cancellation: ProviderCancellation) -> bool:
    """Return whether the cancellation belongs to this refund; if so, update the refund's state from it.

    Call with the payment locked. Emits RefundSucceeded if the cancellation succeeded.
    """
    if not _is_of(refund, cancellation):
        return False
    if cancellation.status == CancellationStatus.SUCCEEDED:
        await succeed(refund, cancellation_id=cancellation.id, amount=cancellation.amount)
    elif cancellation.status == CancellationStatus.REQUESTED and refund.status != RefundStatus.SUCCEEDED:
        refund.status = RefundStatus.PENDING_AT_PROVIDER
        refund.cancellation_id = cancellation.id
        await refund.save(update_fields=["status", "cancellation_id"])
    elif (
        cancellation.status == CancellationStatus.FAILED
        and refund.status == RefundStatus.PENDING_AT_PROVIDER
        and cancellation.id == refund.cancellation_id
    ):
        # An asynchronous cancel ended as failed: the next send is a new one, so it needs a new key.
        refund.status, refund.cancellation_id, refund.idempotency_key = RefundStatus.FAILED, None, new_key()
        await refund.save(update_fields=["status", "cancellation_id", "idempotency_key"])
    return True


def _is_of(refund: Refund, cancellation: ProviderCancellation) -> bool:
    """Return whether the cancellation is this refund's: by its id, or by its reason, which ends in our refund number.

    Our mark alone is not enough once the refund is done by another cancellation, nor over another amount, unless the
    refund takes all that is left: such a cancellation is somebody else's, who copied the reason.
    """
    if cancellation.id == refund.cancellation_id:
        return True
    if not cancellation.reason.endswith(refund.refund_no):
        return False
    if cancellation.status == CancellationStatus.FAILED:
        return True
    is_done = refund.status == RefundStatus.SUCCEEDED and refund.cancellation_id is not None
    return not is_done and (is_automatic(refund) or cancellation.amount == refund.amount)


async def succeed(refund: Refund, *, cancellation_id: str | None, amount: int) -> None:
    """Mark the refund as SUCCEEDED over `amount` won and end its work. A repeat changes nothing.

    Writes REFUND into the journal and emits RefundSucceeded, unless the whole amount was cancelled by someone else
    (`amount` 0).
    """
    if refund.status == RefundStatus.SUCCEEDED:
        return
    refund.status = RefundStatus.SUCCEEDED
    refund.cancellation_id = cancellation_id
    refund.amount = amount
    refund.work_status = WorkStatus.DONE
    refund.done_at = clock.now()
    await refund.save(update_fields=["status", "cancellation_id", "amount", "work_status", "done_at"])
    if amount:
        ((order_id,),) = await Payment.filter(id=refund.payment_id).values_list("order_id")
        await journal.write([refund_entry(refund, order_id)])
        await emit(RefundSucceeded(refund_id=refund.id))
