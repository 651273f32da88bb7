"""The staff's view of shipments: the list of 배송현황관리, and one parcel with its scans."""

from collections.abc import Sequence
from typing import Any

from src.app.fulfilment.dtos.admin.shipment_reads import (
    HopRead,
    ScanRead,
    ShipmentLineRead,
    ShipmentQuery,
    ShipmentRead,
    ShipmentTracking,
)
from src.app.fulfilment.models import Shipment, ShipmentLine, ShipmentState
from src.app.fulfilment.services.shipments import queries
from src.app.fulfilment.services.shipments.actions import allowed_actions
from src.app.order.models import OrderLine
from src.app.order.services import queries as orders
from src.app.order.services.lines.queries import orders_of
from src.app.shipping.services.couriers.book import CourierBook, plain_number
from src.app.shipping.services.couriers.queries import load_book
from src.common.dtos.pages import Page, cut
from src.common.records import masking
from src.core.database.statements import marks

Condition = tuple[str, Sequence[Any]]


async def find(asked: ShipmentQuery) -> Page[ShipmentRead]:
    """Return a page of shipments, newest first, archived ones included. Names are masked."""
    conditions = await _conditions(asked)
    if conditions is None:
        return Page(items=[], total=0, page=asked.page, size=asked.size, next_cursor=None)
    ids, total = await queries.page_of(
        conditions,
        window=((asked.page - 1) * asked.size, asked.size + 1),
        after=None if asked.cursor is None else asked.keyset().sql(asked.cursor, "found"),
    )
    shown, following = cut([{"id": row_id} for row_id in ids], asked.size, asked.keyset())
    items = await shown_all([row["id"] for row in shown])
    return Page(items=items, total=total, page=asked.page, size=asked.size, next_cursor=following)


async def tracking(number: str) -> ShipmentTracking:
    """Return a shipment with its scans and its history. Raises ShipmentNotFound."""
    order_id = await queries.order_of(number)
    found = (await queries.of_orders([order_id])).get(order_id, [])
    shipment_id = next(shipment.id for shipment in found if shipment.number == number)
    scans = (await queries.scans_of([shipment_id])).get(shipment_id, [])
    hops = (await queries.events_of([shipment_id])).get(shipment_id, [])
    return ShipmentTracking(
        shipment=(await shown_all([shipment_id]))[0],
        scans=[
            ScanRead(
                at=scan.scanned_at,
                status=scan.status,
                place=scan.place,
                text=scan.text,
                tracking_no=scan.tracking_no,
                moved_to=ShipmentState(scan.moved_to) if scan.moved_to else None,
            )
            for scan in sorted(scans, key=lambda scan: (scan.scanned_at, scan.id))
        ],
        history=[
            HopRead(
                at=hop.created_at,
                was=ShipmentState(hop.from_state) if hop.from_state else None,
                to=ShipmentState(hop.to_state),
                courier=hop.courier,
                tracking_no=hop.tracking_no,
                by=hop.actor,
                reason=hop.reason,
            )
            for hop in hops
        ],
    )


async def shown(shipment: Shipment) -> ShipmentRead:
    """Return one shipment as staff see it."""
    return (await shown_all([shipment.id]))[0]


async def shown_all(ids: Sequence[int]) -> list[ShipmentRead]:
    """Return these shipments in this order. Five queries if all are live, whatever their number."""
    shipments = await queries.by_ids(ids)
    parts = await queries.parts_of(ids)
    order_ids = sorted({shipment.order_id for shipment in shipments.values()})
    headers, lines = await orders.by_ids(order_ids), await orders.lines_of(order_ids)
    book = await load_book() if ids else CourierBook([])
    by_id = {line.id: line for found in lines.values() for line in found}
    return [
        _read(shipments[row_id], headers[shipments[row_id].order_id], parts.get(row_id, []), by_id, book)
        for row_id in ids
        if row_id in shipments
    ]


def _read(
    shipment: Shipment, order: Any, parts: Sequence[ShipmentLine], lines: dict[int, OrderLine], book: CourierBook
) -> ShipmentRead:
    courier = book.get(shipment.courier)
    return ShipmentRead(
        number=shipment.number,
        order_no=order.order_no,
        order_status=order.status,
        direction=shipment.direction,
        method=shipment.method,
        courier=shipment.courier,
        courier_name=courier.name if courier else shipment.courier,
        tracking_no=shipment.tracking_no,
        tracking_url=courier.link(shipment.tracking_no) if courier else None,
        state=shipment.state,
        recipient=masking.name(order.recipient),
        sent_at=shipment.created_at,
        scanned_at=shipment.scanned_at,
        delivered_at=shipment.delivered_at,
        delivered_by=shipment.delivered_by,
        contested_at=shipment.contested_at,
        lines=[_line(lines[part.order_line_id], part.units) for part in parts],
        allowed_actions=allowed_actions(shipment),
    )


def _line(line: OrderLine, units: int) -> ShipmentLineRead:
    return ShipmentLineRead(
        line_no=line.line_no,
        name=line.name,
        color=line.color,
        size=line.size,
        units=units,
        delivery_attribute=line.delivery_attribute,
        claim_status=line.claim_status,
    )


async def _conditions(asked: ShipmentQuery) -> list[Condition] | None:
    """Return the filter as SQL conditions, None if nothing can match."""
    found: list[Condition] = [
        (f"{column} IN ({marks(len(values))})", list(values))
        for column, values in (("state", asked.state), ("courier", asked.courier), ("method", asked.method))
        if values
    ]
    exact = (
        ("created_at >= %s", asked.starts_at),
        ("created_at < %s", asked.ends_at),
        ("number = %s", asked.number),
        ("import_id = %s", asked.import_id),
        ("tracking_no = %s", asked.tracking_no and plain_number(asked.tracking_no)),
    )
    found += [(text, (value,)) for text, value in exact if value is not None]
    if asked.contested is not None:
        found.append((f"contested_at IS {'NOT ' if asked.contested else ''}NULL", ()))
    if asked.order_no is not None:
        order = await orders.by_number(asked.order_no)
        if order is None:
            return None
        found.append(("order_id = %s", (order.id,)))
    if asked.line_no is not None:
        ids = await _holding(asked.line_no)
        if not ids:
            return None
        found.append((f"id IN ({marks(len(ids))})", ids))
    return found


async def _holding(line_no: str) -> list[int]:
    """Return the ids of the shipments that hold units of this line."""
    order_id = (await orders_of([line_no])).get(line_no)
    if order_id is None:
        return []
    ids = [shipment.id for shipment in (await queries.of_orders([order_id])).get(order_id, [])]
    lines = (await orders.lines_of([order_id])).get(order_id, [])
    line_id = next((line.id for line in lines if line.line_no == line_no), None)
    parts = await queries.parts_of(ids)
    return [key for key, found in parts.items() if any(part.order_line_id == line_id for part in found)]
