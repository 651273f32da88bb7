"""Gauges of refunds and discrepancies that are not done."""

from datetime import datetime, timedelta

from tortoise.functions import Count

from src.app.payment.models import Discrepancy, DiscrepancyKind, Refund, RefundStatus
from src.app.payment.services.refunds.lateness import overdue
from src.common.work.queue import Standing, standing

UNSENT = timedelta(hours=1)
NOT_SENT = (RefundStatus.REQUESTED, RefundStatus.SENT, RefundStatus.FAILED, RefundStatus.BLOCKED)


async def open_discrepancies() -> dict[str, int]:
    """Return the number of unresolved discrepancies by kind, with 0 for a kind without any."""
    rows = await Discrepancy.filter(resolved_at=None).annotate(n=Count("id")).group_by("kind").values_list("kind", "n")
    return {kind.value: 0 for kind in DiscrepancyKind} | {str(kind): count for kind, count in rows}


async def late_refunds(now: datetime) -> dict[str, int]:
    """Count late refunds.

    ``unsent`` was requested over an hour ago and is not with the provider. ``overdue`` is past its legal day
    (`refunds.lateness`).
    """
    unsent = await Refund.filter(status__in=NOT_SENT, created_at__lt=now - UNSENT).count()
    return {"unsent": unsent, "overdue": await Refund.filter(overdue(now)).count()}


async def refund_work() -> Standing:
    """Return the state of the refunds as work: unfinished, dead and the age of the oldest."""
    return await standing(Refund, since="created_at")
