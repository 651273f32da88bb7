"""The parcels of an order as its shopper sees them."""

from collections.abc import Sequence

from src.app.fulfilment.dtos.parcels import OrderTracking, Parcel, ParcelLine, ParcelScan
from src.app.fulfilment.models import DeliveredBy, Direction, Shipment, ShipmentLine, ShipmentScan, ShipmentState
from src.app.fulfilment.services.shipments import queries
from src.app.order.models import Order, OrderLine
from src.app.order.services import queries as orders
from src.app.shipping.services.couriers.book import CourierBook
from src.app.shipping.services.couriers.queries import load_book
from src.common.identity import Identity


async def of_order(order_no: str, *, by: Identity, guest_token: str | None) -> OrderTracking:
    """Return the parcels of an order of the calling member, or of a guest whose token opens it. Raises
    OrderNotFound."""
    return await shown(await orders.readable(order_no, by=by, guest_token=guest_token))


async def shown(order: Order) -> OrderTracking:
    """Return the parcels of an order. The caller has checked that it may be shown."""
    found = (await queries.of_orders([order.id])).get(order.id, [])
    shipments = [each for each in found if each.direction == Direction.OUT and each.state != ShipmentState.CANCELLED]
    ids = [shipment.id for shipment in shipments]
    parts, scans = await queries.parts_of(ids), await queries.scans_of(ids)
    lines = {line.id: line for line in (await orders.lines_of([order.id]))[order.id]}
    book = await load_book() if ids else CourierBook([])
    return OrderTracking(
        order_no=order.order_no,
        shipments=[_parcel(each, parts.get(each.id, []), scans.get(each.id, []), lines, book) for each in shipments],
    )


def _parcel(
    shipment: Shipment,
    parts: Sequence[ShipmentLine],
    scans: Sequence[ShipmentScan],
    lines: dict[int, OrderLine],
    book: CourierBook,
) -> Parcel:
    courier = book.get(shipment.courier)
    now = [scan for scan in scans if scan.tracking_no == shipment.tracking_no]
    return Parcel(
        number=shipment.number,
        method=shipment.method,
        courier_name=courier.name if courier else shipment.courier,
        tracking_no=shipment.tracking_no,
        tracking_url=courier.link(shipment.tracking_no) if courier else None,
        state=shipment.state,
        sent_at=shipment.created_at,
        delivered_at=shipment.delivered_at,
        is_assumed=shipment.delivered_by == DeliveredBy.ASSUMED,
        is_contested=shipment.contested_at is not None,
        lines=[_line(lines[part.order_line_id], part.units) for part in parts],
        scans=[
            ParcelScan(at=scan.scanned_at, status=scan.status, place=scan.place, text=scan.text)
            for scan in sorted(now, key=lambda scan: (scan.scanned_at, scan.id))
            if scan.scanned_at >= shipment.created_at
        ],
    )


def _line(line: OrderLine, units: int) -> ParcelLine:
    return ParcelLine(line_no=line.line_no, name=line.name, color=line.color, size=line.size, units=units)
