"""Staff look at the days off of a year, and set single days apart."""

from datetime import date

from src.app.shipping.dtos.admin.business_days import BusinessDayRead, BusinessDayWrite
from src.app.shipping.models import BusinessDay
from src.app.shipping.services.business_days.calendar import public_holidays
from src.common import clock
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work


async def of_year(year: int) -> list[BusinessDayRead]:
    """Return the public holidays of the year and the days that staff set, by day. Plain weekends are not listed."""
    found = {
        day: BusinessDayRead(day=day, is_open=False, name=name, is_set=False)
        for day, name in public_holidays(year).items()
    }
    for row in await BusinessDay.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31)):
        found[row.day] = _read(row)
    return [found[day] for day in sorted(found)]


async def put(day: date, body: BusinessDayWrite, *, by: Actor) -> BusinessDayRead:
    """Set one day open or closed. A repeat changes nothing and writes no audit row. Locks the day's row."""

    async def write() -> BusinessDay:
        row = await BusinessDay.filter(day=day).select_for_update().first()
        wanted = {"is_open": body.is_open, "name": body.name}
        before = {"is_open": row.is_open, "name": row.name} if row else {}
        if row is not None and before == wanted:
            return row
        row = row or BusinessDay(day=day)
        row.is_open, row.name, row.changed_at = body.is_open, body.name, clock.now()
        await row.save()
        await audit.record(
            "business_day.set", by=by, target=("business_day", day.isoformat()), before=before, after=wanted
        )
        return row

    return _read(await unit_of_work(write))


async def reset(day: date, *, by: Actor) -> None:
    """Give the day back to the calendar. A day that was not set stays as it is."""

    async def write() -> None:
        row = await BusinessDay.filter(day=day).select_for_update().first()
        if row is None:
            return
        await row.delete()
        before = {"is_open": row.is_open, "name": row.name}
        await audit.record("business_day.reset", by=by, target=("business_day", day.isoformat()), before=before)

    await unit_of_work(write)


def _read(row: BusinessDay) -> BusinessDayRead:
    return BusinessDayRead(day=row.day, is_open=row.is_open, name=row.name, is_set=True)
