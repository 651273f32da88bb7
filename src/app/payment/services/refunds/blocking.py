"""Refunds that cannot be sent as they are: on the discrepancy list as REFUND_BLOCKED until somebody clears the way.

A refund is never sent smaller than it was promised (docs/promises.md#p5).
"""

from typing import Final

from tortoise.queryset import QuerySet

from src.app.payment.models import Discrepancy, DiscrepancyKind, Payment, Refund, RefundStatus, is_automatic
from src.app.payment.services.mirroring import note_again
from src.app.payment.services.provider.base import ProviderPayment
from src.app.payment.services.refunds.requesting import is_unassigned
from src.common import clock

UNBLOCKED: Final = "환불 진행 / The refund goes on"


async def reason_to_block(refund: Refund, seen: ProviderPayment) -> str:
    """Return why the refund must not be sent now, or an empty text. Call with the payment locked and mirrored.

    An automatic refund takes what is left, whoever took the rest.
    """
    if is_automatic(refund):
        return ""
    if seen.cancellable < refund.amount:
        return f"left {seen.cancellable}"
    return "not resolved: EXTERNAL, DISPUTE" if await is_unassigned(refund.payment_id) else ""


async def block(refund: Refund, payment: Payment, why: str) -> None:
    """Mark the refund BLOCKED, and put it on the list; back on it if somebody had taken it off."""
    refund.status = RefundStatus.BLOCKED
    await refund.save(update_fields=["status"])
    await note_again(
        payment, DiscrepancyKind.REFUND_BLOCKED, reference=refund.refund_no, amount=refund.amount, detail=why
    )


async def unblock(refund: Refund) -> None:
    """Take a BLOCKED refund that can be sent again off the list."""
    if refund.status == RefundStatus.BLOCKED:
        await (
            _findings(refund)
            .filter(resolved_at=None)
            .update(resolved_at=clock.now(), resolved_by="system", resolution=UNBLOCKED)
        )


def _findings(refund: Refund) -> QuerySet[Discrepancy]:
    return Discrepancy.filter(kind=DiscrepancyKind.REFUND_BLOCKED, reference=refund.refund_no)
