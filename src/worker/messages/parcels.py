"""Messages about parcels to the buyer of their order: on its way, what was wrong in that message, and arrived."""

from collections.abc import Callable, Sequence
from typing import Any

from src.app.fulfilment.models import DeliveredBy, Shipment, ShipmentLine, ShipmentState
from src.app.fulfilment.services.shipments.queries import by_ids, parts_of
from src.app.order.models import Order, OrderLine
from src.app.payment.services.attempts import order_name
from src.app.shipping.services.couriers.book import CourierBook
from src.app.shipping.services.couriers.queries import load_book
from src.worker.events.batches import Batch, Together
from src.worker.messages.orders import Told, language_of, tell_all

Parcels = dict[int, dict[str, Any]]


@Together
async def tell_shipped(batch: Batch) -> None:
    """Say that a parcel of the order is on its way, what is in it, and where it can be followed.

    ``order.shipped`` carries `order_id` and `shipment_id`; it is told once a shipment, and not of one that arrived
    meanwhile: of that `tell_delivered` tells.
    """
    await _tell(
        batch, "order_shipped", lambda shipment_id, _: f"order.shipped:{shipment_id}", but_not=ShipmentState.DELIVERED
    )


@Together
async def tell_corrected(batch: Batch) -> None:
    """Say that a parcel that was told of has another number now, or was taken back and is sent again.

    ``shipment.corrected`` carries `order_id` and `shipment_id`. The same number is told once, whatever the shipment was
    in between.
    """
    await _tell(batch, "shipment_corrected", lambda shipment_id, now: f"shipment.corrected:{shipment_id}:{now}")


@Together
async def tell_delivered(batch: Batch) -> None:
    """Say that a parcel arrived, or that it is taken for delivered, once a shipment. ``shipment.moved`` carries
    `order_id`, `shipment_id`, `was` and `to`; other hops say nothing."""
    arrived = Batch([event for event in batch.events if event.payload["to"] == ShipmentState.DELIVERED])
    if arrived.events:
        await _tell(arrived, "order_delivered", lambda shipment_id, _: f"shipment.delivered:{shipment_id}")


async def _tell(
    batch: Batch, template: str, key: Callable[[int, str], str], *, but_not: ShipmentState | None = None
) -> None:
    """Tell the buyer of each event's order. `key` names a message by the shipment's id and its number or state."""
    found = await batch.orders()
    ids = sorted({event.payload["shipment_id"] for event in batch.events})
    shipments, parts, lines, book = await by_ids(ids), await parts_of(ids), await batch.lines(), await load_book()
    told = []
    for event, order in found:
        shipment = shipments.get(event.payload["shipment_id"])
        if shipment is None or shipment.state == but_not:  # None: it went with its order, whose retention is over
            continue
        more = _values(order, shipment, parts.get(shipment.id, []), lines[order.id], book)
        now = shipment.tracking_no or shipment.state.value
        told.append(
            Told(
                order=order,
                template=template,
                event=key(shipment.id, now if more["is_sent"] else shipment.state.value),
                more=more,
                request_id=event.request_id,
            )
        )
    await tell_all(told, lines=batch.lines)


def _values(
    order: Order, shipment: Shipment, parts: Sequence[ShipmentLine], lines: Sequence[OrderLine], book: CourierBook
) -> dict[str, Any]:
    """Return what the texts may name of a parcel. Without a courier or its page the values are empty."""
    courier = book.get(shipment.courier) if shipment.courier else None
    inside = {part.order_line_id for part in parts}
    name = "" if courier is None else courier.name if language_of(order) == "ko" else courier.name_en
    return {
        "items": order_name([line.name for line in lines if line.id in inside] or [line.name for line in lines]),
        "courier": name,
        "tracking_no": shipment.tracking_no,
        "tracking_link": (courier.link(shipment.tracking_no) if courier else None) or "",
        "is_sent": "" if shipment.state == ShipmentState.CANCELLED else "yes",
        "is_assumed": "yes" if shipment.delivered_by == DeliveredBy.ASSUMED else "",
    }
