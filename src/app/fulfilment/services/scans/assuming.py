"""Take for delivered what nobody tells of any more: the last resort, so that orders come to an end."""

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from src.app.fulfilment.models import DeliveredBy, Direction, Shipment, ShipmentState
from src.app.fulfilment.services.shipments import moving
from src.app.fulfilment.services.shipments.locks import lock_shipments
from src.common import clock
from src.common.exceptions import AppError
from src.core.configs import settings
from src.core.database import unit_of_work
from src.core.database.statements import fetch

logger = logging.getLogger(__name__)

BATCH: Final = 200
BY: Final = "system"
STATES: Final = (ShipmentState.READY, ShipmentState.IN_TRANSIT)
DUE: Final = """
SELECT id, order_id FROM shipment WHERE state IN (%s, %s) AND direction = %s AND created_at <= %s
AND (scanned_at IS NULL OR scanned_at <= %s) AND contested_at IS NULL AND id > %s ORDER BY id LIMIT %s
"""


async def assume_delivered() -> int:
    """Move the shipments that were sent ASSUMED_DELIVERED_DAYS ago to DELIVERED, and return how many. The job
    ``assume-delivered``.

    Only those on their way whose last scan is ASSUMED_QUIET_DAYS old, or that were never scanned: never one with a
    wrong number, a failed attempt, or one that its buyer says did not arrive. The timeline says that nobody saw it
    arrive. One transaction an order; 0 days switch it off.
    """
    chosen = settings().fulfilment
    if chosen.assumed_days == 0:
        return 0
    now = clock.now()
    sent, quiet = now - timedelta(days=chosen.assumed_days), now - timedelta(days=chosen.quiet_days)
    moved, last_id = 0, 0
    values = (*(state.value for state in STATES), Direction.OUT.value, sent, quiet)
    while rows := await fetch(DUE, (*values, last_id, BATCH)):
        last_id = rows[-1]["id"]
        for row in rows:
            moved += await _try(row["order_id"], row["id"], sent=sent, quiet=quiet)
    return moved


async def _try(order_id: int, shipment_id: int, *, sent: datetime, quiet: datetime) -> bool:
    try:
        return await unit_of_work(partial(_assume, order_id, shipment_id, sent=sent, quiet=quiet))
    except AppError as refusal:
        logger.warning("shipment %d is not taken for delivered: %s", shipment_id, refusal.code)
        return False


async def _assume(order_id: int, shipment_id: int, *, sent: datetime, quiet: datetime) -> bool:
    held = await lock_shipments(order_id)
    shipment = next((each for each in held.shipments if each.id == shipment_id), None)
    if shipment is None or not _is_due(shipment, sent=sent, quiet=quiet):
        return False
    reason = f"배송완료 간주: 발송 후 {settings().fulfilment.assumed_days}일이 지나도록 소식 없음"
    moving.arrive(shipment, clock.now(), DeliveredBy.ASSUMED)
    await moving.move(held, shipment, ShipmentState.DELIVERED, by=BY, reason=reason)
    await moving.save_moved(held, [shipment], by=BY, reason=reason)
    return True


def _is_due(shipment: Shipment, *, sent: datetime, quiet: datetime) -> bool:
    is_quiet = shipment.scanned_at is None or shipment.scanned_at <= quiet
    return shipment.state in STATES and shipment.created_at <= sent and is_quiet and shipment.contested_at is None
