"""Who may use a tracking number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from src.app.fulfilment.models import OPEN, Shipment, ShipmentState
from src.app.fulfilment.services.shipments.locks import LockedShipments
from src.app.order.models import Order
from src.app.order.services import queries as orders
from src.app.shipping.services.couriers.book import Parcel
from src.common import clock
from src.core.database.statements import change, dialect, find, marks

REUSED_AFTER: Final = timedelta(days=90)
"""Couriers give a number again after months (docs/vendors/couriers.md#scans)."""


async def refused(held: LockedShipments, wanted: Collection[Parcel]) -> set[Parcel]:
    """Return those of these parcels that the order may not use, and hold all of them until the transaction ends.

    A parcel is refused if a shipment of somebody else has it, or one of this order that has ended otherwise than by a
    cancel; shipments that were sent more than REUSED_AFTER ago do not count. Call inside a unit of work, after
    `lock_shipments`.
    """
    if not wanted:
        return set()
    await _hold(sorted(wanted, key=lambda parcel: (parcel.courier, parcel.number)))
    users = await _users(wanted, since=clock.now() - REUSED_AFTER)
    strangers = {row.order_id for rows in users.values() for row in rows} - {held.order_id}
    found = await orders.by_ids(sorted(strangers)) if strangers else {}
    return {parcel for parcel, rows in users.items() if any(_keeps(row, held.locked.order, found) for row in rows)}


def to_join(held: LockedShipments, parcel: Parcel, *, import_id: str | None = None) -> Shipment | None:
    """Return the order's shipment in this parcel that more units may be put into, None without one. With `import_id`
    only one that was sent by the same sheet, or by hand as well: undoing a sheet takes back what it sent alone."""
    return next(
        (
            shipment
            for shipment in held.shipments
            if (shipment.courier, shipment.tracking_no) == (parcel.courier, parcel.number)
            and shipment.state in OPEN
            and import_id in (None, shipment.import_id)
        ),
        None,
    )


def _keeps(row: Shipment, order: Order, others: dict[int, Order]) -> bool:
    if row.order_id == order.id:
        return row.state not in OPEN
    other = others.get(row.order_id)
    return other is None or not is_same_person(order, other)


def is_same_person(one: Order, other: Order) -> bool:
    """Return whether two orders may share a parcel: those of one member, or to one address and telephone."""
    if one.member_id is not None and one.member_id == other.member_id:
        return True
    address = (one.recipient_phone, one.zipcode, one.address)
    return bool(one.recipient_phone) and address == (other.recipient_phone, other.zipcode, other.address)


async def _hold(parcels: Iterable[Parcel]) -> None:
    """Lock the row of each number, in one order for everybody. A number that is new gets a row.

    The second of two transactions that want one number waits here for the end of the first, and reads afterwards.
    """
    now = clock.now()
    end = (
        "ON DUPLICATE KEY UPDATE used_at = %s"
        if dialect() == "mysql"
        else ("ON CONFLICT (courier, tracking_no) DO UPDATE SET used_at = %s")
    )
    text = f"INSERT INTO `tracking_number` (courier, tracking_no, used_at) VALUES (%s, %s, %s) {end}"  # noqa: S608
    for parcel in parcels:
        await change(text, (parcel.courier, parcel.number, now, now), is_fixed=True)


async def _users(parcels: Collection[Parcel], *, since: datetime) -> dict[Parcel, list[Shipment]]:
    numbers = sorted({parcel.number for parcel in parcels})
    where = f"tracking_no IN ({marks(len(numbers))}) AND state <> %s AND created_at > %s ORDER BY id"
    users: dict[Parcel, list[Shipment]] = defaultdict(list)
    for row in await find(Shipment, where, [*numbers, ShipmentState.CANCELLED.value, since]):
        parcel = Parcel(row.courier, row.tracking_no)
        if parcel in parcels:
            users[parcel].append(row)
    return users
