"""Sales statistics: the journal's figures as points of a chart."""

from collections.abc import Iterator
from datetime import date, timedelta

from src.app.journal.services.sales_figures import Bucket, Figures, figures
from src.app.settlement.dtos.admin.sales import Comparison, SalesPoint, SalesQuery, SalesRead

DAY = timedelta(days=1)
FEBRUARY = 2


async def sales(asked: SalesQuery) -> SalesRead:
    """Return every bucket of the days, and of the days to compare with. Two queries each."""
    items = await _points(asked.first, asked.last, asked.bucket)
    compared = None if asked.compare is None else await _points(*_other_days(asked), asked.bucket)
    return SalesRead(
        items=items,
        total=_total(items),
        compared=compared,
        compared_total=None if compared is None else _total(compared),
    )


async def _points(first: date, last: date, bucket: Bucket) -> list[SalesPoint]:
    found = await figures(first, last, bucket)
    return [_point(place, found.get(place, Figures())) for place in _places(first, last, bucket)]


def _point(place: str, one: Figures) -> SalesPoint:
    return SalesPoint(
        at=place, orders=one.orders, amount=one.sold, cancelled=one.taken_back, net=one.sold - one.taken_back
    )


def _total(points: list[SalesPoint]) -> SalesPoint:
    sums = {name: sum(getattr(point, name) for point in points) for name in ("orders", "amount", "cancelled", "net")}
    return SalesPoint(at=points[0].at, **sums)


def _places(first: date, last: date, bucket: Bucket) -> Iterator[str]:
    day, seen = first, ""
    while day <= last:
        if bucket == Bucket.HOUR:
            yield from (f"{day}T{hour:02}" for hour in range(24))
        elif bucket == Bucket.DAY:
            yield str(day)
        elif (month := str(day)[:7]) != seen:
            seen = month
            yield month
        day += DAY


def _other_days(asked: SalesQuery) -> tuple[date, date]:
    if asked.compare == Comparison.PREVIOUS:
        return asked.first - (asked.last - asked.first) - DAY, asked.first - DAY
    return _year_ago(asked.first), _year_ago(asked.last)


def _year_ago(day: date) -> date:
    is_leap_day = (day.month, day.day) == (FEBRUARY, 29)
    return (day - DAY if is_leap_day else day).replace(year=day.year - 1)
