"""미수령 신고: the shopper says that what is called delivered did not arrive."""

from datetime import timedelta
from functools import partial
from typing import Final

from src.app.fulfilment.dtos.events import ShipmentContested
from src.app.fulfilment.dtos.parcels import NotReceived, OrderTracking
from src.app.fulfilment.models import DeliveredBy, Direction, Shipment, ShipmentState
from src.app.fulfilment.services.shipments import moving
from src.app.fulfilment.services.shipments.locks import LockedShipments, lock_shipments
from src.app.fulfilment.services.shoppers import tracking
from src.app.order.errors import WrongState
from src.app.order.models import OrderLine
from src.app.order.services import queries as orders
from src.common import clock
from src.common.identity import Identity
from src.common.work.outbox import emit
from src.core.configs import settings
from src.core.database import unit_of_work

REASON: Final = "미수령 신고"


async def not_received(
    order_no: str, line_no: str, body: NotReceived, *, by: Identity, guest_token: str | None
) -> OrderTracking:
    """Note that the delivered parcels of a line did not arrive, and return the order's parcels.

    What was only taken for delivered (ASSUMED) is on its way again, and never taken for delivered once more; what a
    scan or staff called delivered stays so until staff decide, and until then the purchase is not confirmed by itself.
    Locks the order, its lines and shipments, writes the timeline, and emits `shipment.contested` once a parcel. A
    repeat changes nothing. Raises OrderNotFound, LineNotFound, and WrongState for a line of which nothing is called
    delivered or whose purchase is confirmed.
    """
    order = await orders.readable(order_no, by=by, guest_token=guest_token)
    await unit_of_work(partial(_contest, order.id, line_no, body.note, by=by.key))
    return await tracking.shown(order)


async def _contest(order_id: int, line_no: str, note: str, *, by: str) -> None:
    held = await lock_shipments(order_id)
    line = held.locked.line(line_no)
    parcels = [shipment for shipment in held.shipments if _is_of(held, shipment, line)]
    arrived = [each for each in parcels if each.state == ShipmentState.DELIVERED and each.contested_at is None]
    if not arrived and any(shipment.contested_at is not None for shipment in parcels):
        return
    if line.confirmed_at is not None or not arrived:
        raise WrongState(line_no=line_no, line_status=line.status.value)
    reason = f"{REASON}: {note}" if note else REASON
    for shipment in arrived:
        await _mark(held, shipment, by=by, reason=reason)
    until = clock.now() + timedelta(days=settings().orders.confirmation_hold_days)
    line.hold_confirmation_until = max(line.hold_confirmation_until or until, until)
    await moving.save_moved(held, arrived, by=by, reason=REASON)


async def _mark(held: LockedShipments, shipment: Shipment, *, by: str, reason: str) -> None:
    await emit(ShipmentContested(order_id=held.order_id, shipment_id=shipment.id))
    shipment.contested_at = clock.now()
    if shipment.delivered_by == DeliveredBy.ASSUMED:
        await moving.move(held, shipment, ShipmentState.IN_TRANSIT, by=by, reason=reason)
        moving.ask_soon(shipment)
    else:
        await moving.note(shipment, was=shipment.state.value, by=by, reason=reason)


def _is_of(held: LockedShipments, shipment: Shipment, line: OrderLine) -> bool:
    return shipment.direction == Direction.OUT and any(
        part.order_line_id == line.id for part in held.parts[shipment.id]
    )
