"""Notification settings of staff: each reads and writes only their own."""

from dataclasses import dataclass, field
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.staff.dtos.admin.notifications import NotificationsRead, NotificationsWrite, WaysRead
from src.app.staff.models import StaffNews, StaffNotification, StaffStatus
from src.app.staff.services.builtin_roles import OWNER
from src.common import clock
from src.common.identity import Identity
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work
from src.core.database.statements import fetch

SEEN_WITH: Final[dict[StaffNews, str]] = {
    StaffNews.LOW_STOCK: "stock:read",
    StaffNews.ORDER_PAID: "order:read",
    StaffNews.SHIP_BY: "order:read",
    StaffNews.PARCEL_TROUBLE: "order:read",
    StaffNews.DISCREPANCY: "payment:read",
}
"""The permission that what is told needs: a message never says more than its reader may see."""
WANTING: Final = """
SELECT n.staff_id AS staff_id, n.email AS email, n.phone AS phone, n.{news}_mail AS mail, n.{news}_sms AS sms
FROM staff_notification n JOIN staff s ON s.id = n.staff_id JOIN staff_role r ON r.id = s.role_id
WHERE (n.{news}_mail = TRUE OR n.{news}_sms = TRUE) AND s.status = %s AND (r.code = %s OR EXISTS (
    SELECT 1 FROM staff_role_permission p WHERE p.role_id = r.id AND p.permission = %s
)) ORDER BY n.staff_id
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """A recipient with addresses; None for a channel that is off."""

    staff_id: int
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)


async def own(by: Identity) -> NotificationsRead:
    """Return the caller's settings; everything is off if they never set any."""
    return _read(await StaffNotification.get_or_none(staff_id=by.id))


async def write(body: NotificationsWrite, *, staff: Identity, by: Actor) -> NotificationsRead:
    """Set all of the caller's settings. The last write wins: nobody else writes them."""
    values: dict[str, Any] = {"email": body.email or "", "phone": body.phone or ""}
    for news, ways in body.wanted.items():
        values |= dict(zip(_columns(news), (ways.mail, ways.sms), strict=True))

    async def store() -> StaffNotification:
        row = await StaffNotification.filter(staff_id=staff.id).select_for_update().first()
        before = _flags(row)
        if row is None:
            row = await StaffNotification.create(staff_id=staff.id, **values, updated_at=clock.now())
        else:
            await row.update_from_dict({**values, "updated_at": clock.now()}).save()
        await audit.record(
            "staff.notifications_changed", by=by, target=("staff", str(staff.id)), before=before, after=_flags(row)
        )
        return row

    try:
        return _read(await unit_of_work(store))
    except IntegrityError:  # the first of two simultaneous calls created the row
        return _read(await unit_of_work(store))


async def wanting(news: StaffNews) -> list[Reached]:
    """Return active staff who want this and whose role may see it, in id order. One statement."""
    return [
        Reached(row["staff_id"], row["email"] if row["mail"] else None, row["phone"] if row["sms"] else None)
        for row in await fetch(WANTING.format(news=news.value), (StaffStatus.ACTIVE.value, OWNER, SEEN_WITH[news]))
    ]


def _flags(row: StaffNotification | None) -> dict[str, bool]:
    """Return the values for the audit log: no addresses."""
    return {column: row is not None and getattr(row, column) for news in StaffNews for column in _columns(news)}


def _columns(news: StaffNews) -> tuple[str, str]:
    return f"{news.value}_mail", f"{news.value}_sms"


def _read(row: StaffNotification | None) -> NotificationsRead:
    flags = _flags(row)
    ways = {
        news.value: WaysRead(mail=flags[mail], sms=flags[sms]) for news in StaffNews for mail, sms in [_columns(news)]
    }
    return NotificationsRead(
        email=(row.email or None) if row else None, phone=(row.phone or None) if row else None, **ways
    )
