"""By when refunds are due, and which are late."""

from datetime import date, datetime, timedelta
from typing import Final

from tortoise.expressions import Q

from src.app.payment.models import Refund, RefundStatus
from src.app.shipping.services.business_days.calendar import Calendar
from src.common.clock import KST

BUSINESS_DAYS: Final = 3  # 전자상거래 등에서의 소비자보호에 관한 법률 제15조 제2항, 제18조 제2항


def due_day(since: datetime, calendar: Calendar) -> date:
    """Return the Korean day by which the law wants a refund sent: three business days after this moment, whose own day
    does not count. For what the seller cannot deliver they count from the payment, else from the request."""
    return calendar.after(since.astimezone(KST).date(), BUSINESS_DAYS)


def overdue(now: datetime) -> Q:
    """Return the condition of refunds that are not done and late. See `is_overdue`."""
    is_late = Q(due_on__lt=now.astimezone(KST).date()) | Q(due_on__isnull=True, created_at__lt=promised_since(now))
    return Q(status__not=RefundStatus.SUCCEEDED) & is_late


def is_overdue(refund: Refund, now: datetime) -> bool:
    """Return whether the refund is not done and its day is over.

    One without a day is late three business days after it was requested. Public holidays do not count then, so it may
    be called late too early, never too late.
    """
    if refund.status == RefundStatus.SUCCEEDED:
        return False
    if refund.due_on is None:
        return refund.created_at < promised_since(now)
    return refund.due_on < now.astimezone(KST).date()


def promised_since(now: datetime) -> datetime:
    """Return the moment three business days ago (Monday to Friday, Korean time)."""
    day, left = now.astimezone(KST), BUSINESS_DAYS
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < 5
    return day
