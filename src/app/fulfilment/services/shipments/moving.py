"""Move shipments, and with them the counters and facts of their lines.

`move` is the one function that changes the state of a shipment (docs/architecture.md#r8). Callers lock the order first
(`lock_shipments`) and end with `save`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from src.app.fulfilment.dtos.events import OrderShipped, ShipmentCorrected, ShipmentMoved
from src.app.fulfilment.errors import ShipmentCannotMove
from src.app.fulfilment.models import (
    FLOW,
    OPEN,
    SENT,
    DeliveredBy,
    Shipment,
    ShipmentEvent,
    ShipmentLine,
    ShipmentMethod,
)
from src.app.fulfilment.models import ShipmentState as State
from src.app.fulfilment.services.shipments.locks import LockedShipments
from src.app.order.errors import WrongState
from src.app.order.models import OrderLine, ShippingStatus
from src.app.order.services.lines.writing import Saved, save_lines
from src.common import clock
from src.common.logs.context import request_id
from src.common.work.outbox import emit
from src.core.configs import settings
from src.core.database.statements import change, insert, new_row, save

FACTS: Final = (
    "courier",
    "tracking_no",
    "scanned_at",
    "delivered_at",
    "delivered_by",
    "next_poll_at",
    "polls",
    "tell_at",
    "told_at",
    "contested_at",
    "updated_at",
)
MOVE: Final = "UPDATE `shipment` SET state = %s WHERE id = %s AND state = %s"


async def move(held: LockedShipments, shipment: Shipment, to: State, *, by: str, reason: str = "") -> None:
    """Move a locked shipment to the state `to`, and the counters of its lines in memory; `save` writes those.

    `shipped` and `delivered` of each line change by the units of the shipment. Writes the hop, and emits
    `shipment.moved`; `order.shipped` too when it leaves READY as a parcel that the shopper was not told of. Raises
    ShipmentCannotMove for a hop that is not legal, and WrongState if units of a confirmed purchase would be taken back.
    """
    was = shipment.state
    if to not in FLOW[was]:
        raise ShipmentCannotMove(number=shipment.number, state=was.value)
    for part in held.parts[shipment.id]:
        _count(held.line_of(part), part.units, was=was, to=to)
    if not await change(MOVE, (to.value, shipment.id, was.value)):
        raise ShipmentCannotMove(number=shipment.number, state=was.value)
    shipment.state = to
    _stop(shipment, was=was)
    await note(shipment, was=was.value, by=by, reason=reason)
    await emit(ShipmentMoved(order_id=held.order_id, shipment_id=shipment.id, was=was.value, to=to.value))
    if to in (State.IN_TRANSIT, State.ATTEMPT_FAILED, State.DELIVERED):
        await tell(shipment)
    elif to == State.CANCELLED:
        await tell_correction(shipment)


def arrive(shipment: Shipment, at: datetime, by: DeliveredBy) -> None:
    """Note when a shipment arrived and who says so. Call before it moves to DELIVERED."""
    shipment.delivered_at, shipment.delivered_by = at, by


def await_scan(shipment: Shipment) -> None:
    """Begin to wait for the first scan of a shipment's number; the shopper hears of it then, or after a while."""
    if shipment.told_at is None:
        shipment.tell_at = clock.now() + timedelta(seconds=settings().fulfilment.tell_after_seconds)
    ask_soon(shipment)


def ask_soon(shipment: Shipment) -> None:
    """Have the courier asked for a parcel from now on (`scans.asking`)."""
    if shipment.method == ShipmentMethod.PARCEL:
        shipment.next_poll_at = clock.now() + timedelta(seconds=settings().fulfilment.first_poll_seconds)


async def tell(shipment: Shipment) -> None:
    """Have the shopper told that the shipment is on its way, once."""
    shipment.tell_at = None
    if shipment.told_at is None:
        shipment.told_at = clock.now()
        await emit(OrderShipped(order_id=shipment.order_id, shipment_id=shipment.id))


async def tell_correction(shipment: Shipment) -> None:
    """Have the shopper told that what they heard of this shipment is wrong. Silent if they heard nothing."""
    if shipment.told_at is not None:
        await emit(ShipmentCorrected(order_id=shipment.order_id, shipment_id=shipment.id))


async def note(shipment: Shipment, *, was: str, by: str, reason: str) -> None:
    """Write one row of the shipment's history."""
    await insert(
        new_row(
            ShipmentEvent,
            shipment_id=shipment.id,
            from_state=was,
            to_state=shipment.state.value,
            courier=shipment.courier,
            tracking_no=shipment.tracking_no,
            actor=by[:40],
            reason=reason[:200],
            request_id=request_id.get(),
            created_at=clock.now(),
        )
    )


async def save_moved(held: LockedShipments, moved: Iterable[Shipment], *, by: str, reason: str) -> Saved:
    """Write these shipments' facts, and the lines with what follows from all shipments of the order.

    Raises UnitsTaken if the counters of a line would break a rule (docs/domain.md#lines): units that were sent again
    meanwhile, or were given back.
    """
    for shipment in moved:
        shipment.updated_at = clock.now()
        await save(shipment, FACTS)
    for line in held.locked.lines:
        _follow(line, list(_parcels_of(held, line)))
    return await save_lines(held.locked, actor=by, reason=reason)


def _count(line: OrderLine, units: int, *, was: State, to: State) -> None:
    shipped = units * ((to in SENT) - (was in SENT))
    delivered = units * ((to == State.DELIVERED) - (was == State.DELIVERED))
    if line.confirmed_at is not None and (shipped or delivered < 0):
        raise WrongState(line_no=line.line_no, line_status=line.status.value)
    line.shipped += shipped
    line.delivered += delivered
    # A return that was asked for units which never reached the shopper is a cancel of them.
    back = min(max(line.in_return + line.returned + line.exchanged - line.shipped, 0), line.in_return)
    line.in_return -= back
    line.in_cancel += back


def _stop(shipment: Shipment, *, was: State) -> None:
    """Forget what no longer holds of a shipment in its new state."""
    if was == State.DELIVERED:
        shipment.delivered_at, shipment.delivered_by = None, None
    if shipment.state not in OPEN or shipment.state == State.WRONG_NUMBER:
        shipment.next_poll_at = None
    if shipment.state not in SENT or shipment.state == State.WRONG_NUMBER:
        shipment.tell_at = None


def _parcels_of(held: LockedShipments, line: OrderLine) -> Iterator[tuple[Shipment, ShipmentLine]]:
    for shipment in held.shipments:
        for part in held.parts[shipment.id]:
            if part.order_line_id == line.id and shipment.state in SENT:
                yield shipment, part


def _follow(line: OrderLine, parcels: list[tuple[Shipment, ShipmentLine]]) -> None:
    """Set what follows from the counters and the parcels of a line: its times and its `shipping_status`."""
    if line.shipped == 0:
        line.shipped_at, line.shipping_status = None, ShippingStatus.NONE
    elif line.shipped_at is None:
        line.shipped_at = clock.now()
    arrived = [shipment.delivered_at for shipment, _ in parcels if shipment.delivered_at]
    kept = line.quantity - line.cancelled
    if line.delivered == kept > 0:
        line.shipping_status = ShippingStatus.DELIVERED
        line.delivered_at = max(arrived, default=line.delivered_at or clock.now())
        return
    line.delivered_at = None
    if line.shipped and parcels:
        on_its_way = any(shipment.state not in (State.READY, State.WRONG_NUMBER) for shipment, _ in parcels)
        line.shipping_status = ShippingStatus.SHIPPING if on_its_way else ShippingStatus.READY
