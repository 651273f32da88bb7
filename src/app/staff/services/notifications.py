"""Notification settings of staff: each reads and writes only their own."""

from dataclasses import dataclass, field
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from src.app.staff.dtos.admin.notifications import NotificationsRead, NotificationsWrite, WaysRead
from src.app.staff.models import RolePermission, Staff, StaffNotification, StaffStatus
from src.app.staff.services.builtin_roles import OWNER
from src.common import clock
from src.common.identity import Identity
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work


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
    values: dict[str, Any] = {
        "email": body.email or "",
        "phone": body.phone or "",
        "low_stock_mail": body.low_stock.mail,
        "low_stock_sms": body.low_stock.sms,
    }

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


async def wanting_low_stock() -> list[Reached]:
    """Return active staff who want low-stock notifications and may see stock. Three queries."""
    allowed = await RolePermission.filter(permission="stock:read").values_list("role_id", flat=True)
    may_see = Q(role__code=OWNER) | Q(role_id__in=list(allowed))
    active = Staff.filter(may_see, status=StaffStatus.ACTIVE).values_list("id", flat=True)
    wanted = StaffNotification.filter(Q(low_stock_mail=True) | Q(low_stock_sms=True), staff_id__in=await active)
    return [
        Reached(row.staff_id, row.email if row.low_stock_mail else None, row.phone if row.low_stock_sms else None)
        for row in await wanted.order_by("staff_id")
    ]


def _flags(row: StaffNotification | None) -> dict[str, bool]:
    """Return the values for the audit log: no addresses."""
    return {
        "low_stock_mail": row is not None and row.low_stock_mail,
        "low_stock_sms": row is not None and row.low_stock_sms,
    }


def _read(row: StaffNotification | None) -> NotificationsRead:
    return NotificationsRead(
        email=(row.email or None) if row else None,
        phone=(row.phone or None) if row else None,
        low_stock=WaysRead(mail=bool(row and row.low_stock_mail), sms=bool(row and row.low_stock_sms)),
    )
