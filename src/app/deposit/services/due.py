"""Until when a manual transfer is to be made, and until when the order is held for it."""

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from src.app.shipping.services.business_days.calendar import Calendar
from src.common.clock import KST, korean_day
from src.core.configs import settings

SECOND: Final = timedelta(seconds=1)


class Terms(NamedTuple):
    """`due_at` is what the buyer is told; `held_until` is when the order expires."""

    due_at: datetime
    held_until: datetime


def terms(placed_at: datetime, calendar: Calendar) -> Terms:
    """Return the terms of a transfer for an order placed at this moment (setting MANUAL_TRANSFER_DUE).

    A day ends at 23:59:59 in Korea; the day of the order does not count (민법 제157조). A transfer of the last evening
    stands on the account in the morning: the order is held MANUAL_TRANSFER_CHECK_HOURS longer, and over days on which
    nobody looks.
    """
    count, unit = int(settings().deposits.due[:-1]), settings().deposits.due[-1]
    if unit == "h":
        due_at = placed_at + timedelta(hours=count)
    else:
        day = calendar.after(placed_at.astimezone(KST).date(), count)
        due_at = korean_day(day)[1] - SECOND
    held = (due_at + timedelta(hours=settings().deposits.check_hours)).astimezone(KST)
    held = datetime.combine(calendar.not_before(held.date()), held.timetz())
    return Terms(due_at, held.astimezone(UTC))
