"""Gauges of payments, refunds and discrepancies that wait for somebody."""

from datetime import datetime, timedelta

from tortoise.functions import Count

from src.app.payment.models import Discrepancy, DiscrepancyKind, Refund, RefundStatus
from src.common.clock import KST
from src.common.work.queue import Standing, standing

UNSENT = timedelta(hours=1)
PROMISED_BUSINESS_DAYS = 3  # 전자상거래 등에서의 소비자보호에 관한 법률 제18조 제2항: refund within 3 business days
NOT_SENT = (RefundStatus.REQUESTED, RefundStatus.SENT, RefundStatus.FAILED)


async def open_discrepancies() -> dict[str, int]:
    """Findings that nobody resolved, by kind; every kind is there."""
    rows = await Discrepancy.filter(resolved_at=None).annotate(n=Count("id")).group_by("kind").values_list("kind", "n")
    return {kind.value: 0 for kind in DiscrepancyKind} | {str(kind): count for kind, count in rows}


async def late_refunds(now: datetime) -> dict[str, int]:
    """``unsent``: asked for over an hour ago and not with the provider; ``overdue``: past the legal three business
    days.

    Public holidays are not known here, so overdue may come a little early, never late.
    """
    unsent = await Refund.filter(status__in=NOT_SENT, created_at__lt=now - UNSENT).count()
    late = Refund.exclude(status=RefundStatus.SUCCEEDED).filter(created_at__lt=promised_since(now))
    return {"unsent": unsent, "overdue": await late.count()}


async def refund_work() -> Standing:
    """The refunds that are still worked on."""
    return await standing(Refund, since="created_at")


def promised_since(now: datetime) -> datetime:
    """What was asked for before this moment had its three business days (Monday to Friday, Korean time)."""
    day, left = now.astimezone(KST), PROMISED_BUSINESS_DAYS
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < 5
    return day
