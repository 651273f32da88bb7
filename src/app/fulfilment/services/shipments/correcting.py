"""송장 수정, and what staff know of a parcel: delivered, failed, wrong number, lost, back, taken back."""

from functools import partial
from typing import Final

from src.app.fulfilment.dtos.admin.shipments import ShipmentChange
from src.app.fulfilment.errors import ShipmentCannotMove, ShipmentNotFound, TrackingNoUsed
from src.app.fulfilment.models import DeliveredBy, Shipment, ShipmentAction, ShipmentState
from src.app.fulfilment.services.shipments import moving, numbers, queries
from src.app.fulfilment.services.shipments.actions import allowed_actions
from src.app.fulfilment.services.shipments.locks import LockedShipments, lock_shipments
from src.app.shipping.services.couriers.book import Parcel
from src.app.shipping.services.couriers.queries import load_book
from src.common import clock
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

NUMBER: Final = "송장 수정"


async def change(number: str, body: ShipmentChange, *, by: Actor) -> Shipment:
    """Change a shipment and return it.

    Locks its order, lines and shipments, writes the timeline, the shipment's history and an audit row, and emits
    `shipment.moved` for a hop and `shipment.corrected` where the shopper was told otherwise. Raises ShipmentNotFound,
    ShipmentCannotMove, UnitsTaken, WrongState, and what refuses a number (CourierUnknown, TrackingNoMissing,
    TrackingNoInvalid, TrackingNoUsed).
    """
    order_id = await queries.order_of(number)
    parcel = None
    if body.state is None:
        parcel = (await load_book()).parcel(body.courier or "", body.tracking_no or "")
    return await unit_of_work(partial(_change, order_id, number, body, parcel, by=by))


async def _change(order_id: int, number: str, body: ShipmentChange, parcel: Parcel | None, *, by: Actor) -> Shipment:
    held = await lock_shipments(order_id)
    shipment = next((each for each in held.shipments if each.number == number), None)
    if shipment is None:
        raise ShipmentNotFound
    before = _facts(shipment)
    reason = body.reason or ""
    if parcel is not None:
        await _renumber(held, shipment, parcel, by=by, reason=reason)
    elif body.state is not None:
        await _move(held, shipment, body.state, by=by, reason=reason)
    await moving.save_moved(held, [shipment], by=by.key, reason=reason or NUMBER)
    was, became = audit.changed(before, _facts(shipment))
    if became:
        target = ("shipment", shipment.number)
        await audit.record("shipment.changed", by=by, target=target, before=was, after=became, reason=reason)
    return shipment


async def _move(held: LockedShipments, shipment: Shipment, to: ShipmentState, *, by: Actor, reason: str) -> None:
    if ShipmentAction(to.value) not in allowed_actions(shipment):
        raise ShipmentCannotMove(number=shipment.number, state=shipment.state.value)
    if to == ShipmentState.DELIVERED:
        moving.arrive(shipment, clock.now(), DeliveredBy.STAFF)
    shipment.contested_at = None
    await moving.move(held, shipment, to, by=by.key, reason=reason)


async def _renumber(held: LockedShipments, shipment: Shipment, parcel: Parcel, *, by: Actor, reason: str) -> None:
    """Give the shipment another number. What was scanned so far was somebody else's parcel: it is READY again."""
    if (shipment.courier, shipment.tracking_no) == (parcel.courier, parcel.number):
        return
    if ShipmentAction.CORRECT_NUMBER not in allowed_actions(shipment):
        raise ShipmentCannotMove(number=shipment.number, state=shipment.state.value)
    if await numbers.refused(held, {parcel}) or numbers.to_join(held, parcel) is not None:
        raise TrackingNoUsed(tracking_no=parcel.number)
    shipment.courier, shipment.tracking_no, shipment.scanned_at = parcel.courier, parcel.number, None
    shipment.polls = 0
    if shipment.state == ShipmentState.READY:
        await moving.note(shipment, was=shipment.state.value, by=by.key, reason=reason or NUMBER)
    else:
        await moving.move(held, shipment, ShipmentState.READY, by=by.key, reason=reason or NUMBER)
    moving.await_scan(shipment)
    await moving.tell_correction(shipment)


def _facts(shipment: Shipment) -> dict[str, str]:
    return {"state": shipment.state.value, "courier": shipment.courier, "tracking_no": shipment.tracking_no}
