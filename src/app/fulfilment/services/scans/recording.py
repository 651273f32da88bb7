"""Store the scans of a parcel, each once, and move its shipments by those that say something new."""

import logging
from collections.abc import Sequence
from functools import partial
from typing import Final

from src.app.fulfilment.models import DeliveredBy, Shipment, ShipmentScan, ShipmentState
from src.app.fulfilment.services.scans.meaning import counts, told_state
from src.app.fulfilment.services.shipments import moving
from src.app.fulfilment.services.shipments.locks import LockedShipments, lock_shipments
from src.app.fulfilment.services.shipments.numbers import REUSED_AFTER
from src.app.shipping.services.couriers.book import Parcel
from src.app.shipping.services.tracking.base import Scan
from src.common import clock
from src.common.exceptions import AppError
from src.core.database import unit_of_work
from src.core.database.statements import fetch, find, insert_all, new_row

logger = logging.getLogger(__name__)

COURIER: Final = "courier"
USERS: Final = (
    "SELECT order_id FROM shipment WHERE tracking_no = %s AND courier = %s AND state <> %s AND created_at > %s"
    " GROUP BY order_id ORDER BY order_id"
)


async def record(parcel: Parcel, scans: Sequence[Scan]) -> int:
    """Store these scans, oldest first, with every live shipment in this parcel; return how many were new.

    One transaction an order, which locks the order, its lines and its shipments. A repeat, also a concurrent one,
    stores and moves nothing. Scans whose move the lines refuse (units that were given back meanwhile) are stored, and
    move nothing.
    """
    if not scans:
        return 0
    since = clock.now() - REUSED_AFTER
    rows = await fetch(USERS, (parcel.number, parcel.courier, ShipmentState.CANCELLED.value, since))
    return sum([await _record(row["order_id"], parcel, scans) for row in rows])


async def _record(order_id: int, parcel: Parcel, scans: Sequence[Scan]) -> int:
    try:
        return await unit_of_work(partial(_store, order_id, parcel, scans, may_move=True))
    except AppError as refusal:
        logger.warning("scans of order %d move nothing: %s", order_id, refusal.code)
        return await unit_of_work(partial(_store, order_id, parcel, scans, may_move=False))


async def _store(order_id: int, parcel: Parcel, scans: Sequence[Scan], *, may_move: bool) -> int:
    held = await lock_shipments(order_id)
    stored, moved = 0, []
    reason = ""
    for shipment in held.shipments:
        if (shipment.courier, shipment.tracking_no) != (parcel.courier, parcel.number):
            continue
        if shipment.state == ShipmentState.CANCELLED or not (fresh := await _fresh(shipment, scans)):
            continue
        told = [await _apply(held, shipment, scan, may_move=may_move) for scan in fresh]
        await insert_all([_row(shipment, scan, to) for scan, to in zip(fresh, told, strict=True)])
        stored += len(fresh)
        shipment.polls = 0
        moved.append(shipment)
        reason = next((_reason(scan) for scan, to in zip(reversed(fresh), reversed(told), strict=True) if to), reason)
    if moved:
        await moving.save_moved(held, moved, by=COURIER, reason=reason)
    return stored


async def _fresh(shipment: Shipment, scans: Sequence[Scan]) -> list[Scan]:
    """Return the scans that are not stored yet, oldest first, each once."""
    rows = await find(ShipmentScan, "shipment_id = %s", (shipment.id,))
    known = {row.scan_key for row in rows}
    fresh: dict[str, Scan] = {}
    for scan in sorted(scans, key=lambda scan: scan.at):
        if scan.key not in known:
            fresh.setdefault(scan.key, scan)
    return list(fresh.values())


async def _apply(held: LockedShipments, shipment: Shipment, scan: Scan, *, may_move: bool) -> ShipmentState | None:
    """Move the shipment by a scan that says something new; return where to, None if it stays."""
    to = told_state(scan)
    if not may_move or to is None or not counts(shipment, scan):
        return None
    shipment.scanned_at = max(scan.at, shipment.scanned_at or scan.at)
    if to == shipment.state:
        return None
    if to == ShipmentState.DELIVERED:
        moving.arrive(shipment, scan.at, DeliveredBy.SCAN)
        shipment.contested_at = None  # the courier saw it arrive since
    await moving.move(held, shipment, to, by=COURIER, reason=_reason(scan))
    return to


def _reason(scan: Scan) -> str:
    return " ".join(part for part in ("택배사 스캔:", scan.text or scan.status.value) if part)


def _row(shipment: Shipment, scan: Scan, to: ShipmentState | None) -> ShipmentScan:
    return new_row(
        ShipmentScan,
        shipment_id=shipment.id,
        scan_key=scan.key,
        tracking_no=shipment.tracking_no,
        status=scan.status.value,
        trouble=scan.trouble.value if scan.trouble else "",
        place=scan.place,
        text=scan.text,
        scanned_at=scan.at,
        moved_to=to.value if to else "",
        created_at=clock.now(),
    )
