"""Gauges of refunds and discrepancies that are not done."""

from datetime import datetime, timedelta

from tortoise.functions import Count

from src.app.payment.models import Discrepancy, DiscrepancyKind, Refund, RefundStatus
from src.common.clock import KST
from src.common.work.queue import Standing, standing

UNSENT = timedelta(hours=1)
PROMISED_BUSINESS_DAYS = 3  # 전자상거래 등에서의 소비자보호에 관한 법률 제18조 제2항: refund within 3 business days
NOT_SENT = (RefundStatus.REQUESTED, RefundStatus.SENT, RefundStatus.FAILED)


async def open_discrepancies() -> dict[str, int]:
    """Return the number of unresolved discrepancies by kind, with 0 for a kind without any."""
    rows = await Discrepancy.filter(resolved_at=None).annotate(n=Count("id")).group_by("kind").values_list("kind", "n")
    return {kind.value: 0 for kind in DiscrepancyKind} | {str(kind): count for kind, count in rows}


async def late_refunds(now: datetime) -> dict[str, int]:
    """Count late refunds.

    ``unsent`` was requested over an hour ago and is not with the provider. ``overdue`` is past the legal three business
    days. Public holidays are not known here, so a refund may count as overdue too early, never too late.
    """
    unsent = await Refund.filter(status__in=NOT_SENT, created_at__lt=now - UNSENT).count()
    late = Refund.exclude(status=RefundStatus.SUCCEEDED).filter(created_at__lt=promised_since(now))
    return {"unsent": unsent, "overdue": await late.count()}


async def refund_work() -> Standing:
    """Return the state of the refunds as work: unfinished, dead and the age of the oldest."""
    return await standing(Refund, since="created_at")


def promised_since(now: datetime) -> datetime:
    """Return the moment three business days ago (Monday to Friday, Korean time). Older open refunds are overdue."""
    day, left = now.astimezone(KST), PROMISED_BUSINESS_DAYS
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < 5
    return day
