"""By when lines are to be sent, and until when a purchase may be withdrawn from."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from src.app.order.models import Order
from src.app.order.services.lines.facts import set_ship_by, without_ship_by
from src.app.shipping.services.business_days.calendar import Calendar, load_calendar
from src.common.clock import KST, korean_day
from src.core.configs import settings
from src.core.database import unit_of_work

WITHDRAWAL: Final = timedelta(days=7)
"""전자상거래법 제17조제1항. The day of delivery does not count (민법 제157조)."""


def due_day(paid_at: datetime, calendar: Calendar) -> date:
    """Return the Korean day by which goods paid at this moment are to be sent (전자상거래법 제15조)."""
    return calendar.after(paid_at.astimezone(KST).date(), settings().orders.ship_within_days)


def window_ends_at(delivered_at: datetime, calendar: Calendar) -> datetime:
    """Return the first moment after the days for withdrawal from goods delivered at this moment, in UTC.

    The window ends at 24:00 in Korea of the seventh day, or of the next business day if that is none (민법 제161조).
    """
    last = calendar.not_before((delivered_at.astimezone(KST) + WITHDRAWAL).date())
    return korean_day(last)[1]


async def set_due_days(orders: Iterable[Order]) -> None:
    """Give the lines of these paid orders the day by which they are to be sent, where they have none yet.

    One statement for each day of payment, in one transaction. A repeat changes nothing.
    """
    paid = [(order.id, order.paid_at) for order in orders if order.paid_at is not None]
    if not paid:
        return
    calendar = await load_calendar()
    by_day: defaultdict[date, list[int]] = defaultdict(list)
    for order_id, paid_at in paid:
        by_day[due_day(paid_at, calendar)].append(order_id)
    await unit_of_work(partial(_write, by_day))


async def set_missing_due_days() -> int:
    """Do so for paid lines of before this feature, or whose event is late; return how many orders were looked at.

    The job ``set-due-days``. Safe to repeat.
    """
    done = 0
    last = 0
    while orders := await without_ship_by(after_id=last):
        last = orders[-1].id
        await set_due_days(orders)
        done += len(orders)
    return done


async def _write(by_day: dict[date, list[int]]) -> None:
    for day, order_ids in sorted(by_day.items()):
        await set_ship_by(sorted(order_ids), day)
