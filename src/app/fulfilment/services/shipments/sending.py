"""발송처리: send units of lines, up to 500 rows at once, one transaction an order and a result for every row."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from src.app.fulfilment.dtos.admin.shipments import SentRow, SentRows, ShipmentRow
from src.app.fulfilment.dtos.events import ShipmentMoved
from src.app.fulfilment.errors import TrackingNoUsed
from src.app.fulfilment.models import Shipment, ShipmentLine, ShipmentMethod, ShipmentState
from src.app.fulfilment.services.shipments import moving, numbers
from src.app.fulfilment.services.shipments.locks import LockedShipments, lock_shipments
from src.app.fulfilment.services.shipments.rows import Asked, read
from src.app.order.errors import LineNotFound, UnitsTaken
from src.app.order.models import OrderLine, ProcurementStatus
from src.app.order.services.lines.actions import LineAction, check_allowed
from src.app.order.services.lines.queries import orders_of
from src.app.order.services.lines.statuses import unsent
from src.app.shipping.services.couriers.book import Parcel
from src.app.shipping.services.couriers.queries import load_book
from src.common import clock
from src.common.exceptions import AppError
from src.common.ids import new_shipment_no
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work.outbox import emit
from src.core.database import unit_of_work
from src.core.database.statements import change, insert, insert_all, new_row

REASON: Final = "발송처리"
AT_ONCE: Final = 4
"""Orders that are sent side by side, each on a connection of its own."""


@dataclass(kw_only=True)
class Sending:
    """One shipment to be: the rows that share a parcel, or a way of delivery, with the units of each line."""

    method: ShipmentMethod
    parcel: Parcel | None
    units: dict[OrderLine, int] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)


class TriedOnly(Exception):
    """Rolls the transaction of a dry run back; `results` tell what it would have done."""

    def __init__(self, results: dict[int, SentRow]) -> None:
        super().__init__()
        self.results = results


async def send(rows: Sequence[ShipmentRow], *, by: Actor, import_id: str = "", is_dry_run: bool = False) -> SentRows:
    """Send the units of these rows; a row that is refused does not keep the others. A dry run rolls each order back.

    Rows of one order with one parcel become one shipment, or join the open one that the order has in it. Each order is
    one transaction, which locks the order, its lines, its shipments and the numbers; orders that share a number are
    taken in the order of their ids. It takes lines into work, writes the timeline and an audit row a shipment, and
    emits `shipment.moved`.
    """
    asked = read(rows, await load_book())
    results = {one.place: SentRow.refused(one.row.line_no, one.error) for one in asked if one.error is not None}
    good = [one for one in asked if one.error is None]
    found = await orders_of(sorted({one.row.line_no for one in good}))
    by_order: defaultdict[int, list[Asked]] = defaultdict(list)
    for one in good:
        if (order_id := found.get(one.row.line_no)) is None:
            results[one.place] = SentRow.refused(one.row.line_no, LineNotFound(line_no=one.row.line_no))
        else:
            by_order[order_id].append(one)
    send_one = partial(_order, by=by, import_id=import_id, is_dry_run=is_dry_run)
    results |= await _side_by_side(by_order, send_one)
    return SentRows.of([results[place] for place in range(len(rows))])


async def _side_by_side(
    by_order: Mapping[int, Sequence[Asked]], send_one: Callable[[int, Sequence[Asked]], Awaitable[dict[int, SentRow]]]
) -> dict[int, SentRow]:
    """Send the orders, AT_ONCE at a time; those that share a number with another one afterwards, one after the other by
    their ids, so that the same rows always end the same way."""
    users = Counter(parcel for group in by_order.values() for parcel in {one.parcel for one in group if one.parcel})
    last = {
        order_id for order_id, group in by_order.items() if any(one.parcel and users[one.parcel] > 1 for one in group)
    }
    turns = asyncio.Semaphore(AT_ONCE)

    async def send_in_turn(order_id: int) -> dict[int, SentRow]:
        async with turns:
            return await send_one(order_id, by_order[order_id])

    results: dict[int, SentRow] = {}
    for found in await asyncio.gather(*map(send_in_turn, sorted(by_order.keys() - last))):
        results |= found
    for order_id in sorted(last):
        results |= await send_one(order_id, by_order[order_id])
    return results


async def _order(
    order_id: int, group: Sequence[Asked], *, by: Actor, import_id: str, is_dry_run: bool
) -> dict[int, SentRow]:
    async def run() -> dict[int, SentRow]:
        results = await _send(order_id, group, by=by, import_id=import_id)
        if is_dry_run:
            raise TriedOnly(results)
        return results

    try:
        return await unit_of_work(run)
    except TriedOnly as tried:
        return {place: row.model_copy(update={"shipment": None}) for place, row in tried.results.items()}
    except AppError as error:
        return {one.place: SentRow.refused(one.row.line_no, error) for one in group}


async def _send(order_id: int, group: Sequence[Asked], *, by: Actor, import_id: str) -> dict[int, SentRow]:
    held = await lock_shipments(order_id)
    taken = await numbers.refused(held, {one.parcel for one in group if one.parcel is not None})
    results: dict[int, SentRow] = {}
    plans: dict[object, Sending] = {}
    for one in group:
        try:
            _take(held, one, taken, plans)
        except AppError as error:
            results[one.place] = SentRow.refused(one.row.line_no, error)
    known = list(held.shipments)
    shipments = [await _ship(held, plan, by=by, import_id=import_id) for plan in plans.values()]
    joined = [shipment for shipment in shipments if shipment in known]
    await moving.save_moved(held, joined, by=by.key, reason=REASON)
    await audit.record_all([_entry(*pair) for pair in zip(shipments, plans.values(), strict=True)], by=by)
    for shipment, plan in zip(shipments, plans.values(), strict=True):
        results |= {place: _done(group, place, shipment) for place in plan.places}
    return results


def _take(held: LockedShipments, one: Asked, taken: set[Parcel], plans: dict[object, Sending]) -> None:
    """Put the row into the plan of its parcel and count its units as shipped. Raises what refuses the row, before
    anything changes."""
    line = held.locked.line(one.row.line_no)
    check_allowed(line, LineAction.SHIP)
    units = one.row.units or unsent(line)
    if units > unsent(line):
        raise UnitsTaken(line_no=line.line_no)
    if one.parcel in taken:
        raise TrackingNoUsed(tracking_no=one.row.tracking_no)
    plan = plans.setdefault(one.parcel or one.row.method, Sending(method=one.row.method, parcel=one.parcel))
    plan.units[line] = plan.units.get(line, 0) + units
    plan.places.append(one.place)
    line.shipped += units
    if line.procurement_status != ProcurementStatus.CONFIRMED:
        line.procurement_status, line.acknowledged_at = ProcurementStatus.CONFIRMED, clock.now()


async def _ship(held: LockedShipments, plan: Sending, *, by: Actor, import_id: str) -> Shipment:
    """Write the shipment of a plan, or put its units into the open one of that parcel."""
    joined = numbers.to_join(held, plan.parcel, import_id=import_id) if plan.parcel else None
    shipment = joined or await _new(held, plan, by=by, import_id=import_id)
    parts = {part.order_line_id: part for part in held.parts[shipment.id]}
    for line, units in plan.units.items():
        if (part := parts.get(line.id)) is not None:
            part.units += units
            await change("UPDATE shipment_line SET units = %s WHERE id = %s", (part.units, part.id))
    fresh = [
        new_row(ShipmentLine, shipment_id=shipment.id, order_line_id=line.id, units=units)
        for line, units in plan.units.items()
        if line.id not in parts
    ]
    if fresh:
        await insert_all(fresh)
        held.parts[shipment.id].extend(fresh)
    return shipment


async def _new(held: LockedShipments, plan: Sending, *, by: Actor, import_id: str) -> Shipment:
    now = clock.now()
    shipment = new_row(
        Shipment,
        number=new_shipment_no(now),
        order_id=held.order_id,
        method=plan.method,
        courier=plan.parcel.courier if plan.parcel else "",
        tracking_no=plan.parcel.number if plan.parcel else "",
        sent_by=by.key[:40],
        created_at=now,
        updated_at=now,
        import_id=import_id,
    )
    moving.await_scan(shipment)
    await insert(shipment)
    held.shipments.append(shipment)
    await moving.note(shipment, was="", by=by.key, reason=REASON)
    await emit(ShipmentMoved(order_id=held.order_id, shipment_id=shipment.id, was="", to=ShipmentState.READY.value))
    return shipment


def _entry(shipment: Shipment, plan: Sending) -> audit.Entry:
    after: Mapping[str, object] = {
        "method": shipment.method.value,
        "courier": shipment.courier,
        "tracking_no": shipment.tracking_no,
        "lines": {line.line_no: units for line, units in plan.units.items()},
    }
    return audit.Entry(action="shipment.sent", target=("shipment", shipment.number), after=after)


def _done(group: Sequence[Asked], place: int, shipment: Shipment) -> SentRow:
    line_no = next(one.row.line_no for one in group if one.place == place)
    return SentRow(line_no=line_no, outcome="done", shipment=shipment.number)
