"""What the provider should know of the goods of an escrow payment: written as parcels move and the purchase is
confirmed. Nothing here talks to the provider (`telling` does)."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from src.app.escrow.models import OVER, EscrowCase
from src.app.fulfilment.models import Direction, Shipment, ShipmentState
from src.app.fulfilment.services.shipments.queries import of_orders as shipments_of
from src.app.order.models import Order, OrderStatus
from src.app.order.services.locks import lock_order
from src.app.payment.models import Payment
from src.app.payment.services.channels.memory import channels
from src.app.payment.services.queries import of_orders
from src.common import clock
from src.common.models.work_item import WorkStatus
from src.common.work import wakeup
from src.core.database import unit_of_work
from src.core.database.statements import find_one, insert, new_row

GONE: Final = (ShipmentState.CANCELLED, ShipmentState.LOST, ShipmentState.RETURNED_TO_SENDER)
OTHER: Final = "ETC"
COMPANIES: Final[Mapping[str, str]] = {
    "CJ": "CJ",
    "HANJIN": "HANJIN",
    "LOTTE": "LOTTE",
    "LOGEN": "LOGEN",
    "EPOST": "POST",
    "KDEXP": "KYUNGDONG",
    "DAESIN": "DAESIN",
    "ILYANG": "ILYANG",
    "CHUNIL": "CHUNIL",
    "HDEXP": "HAPDONG",
    "CVSNET": "GS",
}
"""Our couriers in PortOne's words; any other is ETC."""


async def follow_all(order_ids: Sequence[int]) -> None:
    """Follow each of these orders, each in a transaction of its own. A repeat changes nothing."""
    for order_id in order_ids:
        await unit_of_work(partial(follow, order_id))


async def follow(order_id: int) -> None:
    """Write what is to be told of an order that an escrow payment settled, and make it due if that changed. Locks the
    order. Orders without such a payment, and those of which nothing was sent yet, have no row."""
    order = await lock_order(order_id)
    row = await find_one(EscrowCase, "order_id = %s", (order_id,), locking=True)
    payment = await _escrow_payment(order) if row is None else None
    if row is None and payment is None:
        return
    wanted = _wanted(order, (await shipments_of([order_id])).get(order_id, []))
    if row is None:
        if not wanted["invoice"]:
            return
        row = _new(order, payment)
        await insert(row)
    if row.status in OVER or all(getattr(row, name) == value for name, value in wanted.items()):
        return
    now = clock.now()
    due = {"work_status": WorkStatus.PENDING, "available_at": now, "lease_token": "", "attempts": 0, "done_at": None}
    await EscrowCase.filter(id=row.id).update(**wanted, **due, updated_at=now)
    wakeup.wake("tell-escrow")


async def _escrow_payment(order: Order) -> Payment | None:
    payments = (await of_orders([order.id])).get(order.id, [])
    settled = next((one for one in payments if one.settles_order_id == order.id), None)
    channel = (await channels()).of(settled) if settled else None
    return settled if channel is not None and channel.escrow else None


def _wanted(order: Order, shipments: Sequence[Shipment]) -> dict[str, Any]:
    """Return the oldest parcel that is or was on its way to the buyer. Without a number it goes by ours."""
    sent = [one for one in shipments if one.direction == Direction.OUT and one.state not in GONE]
    is_confirmed = order.status == OrderStatus.CONFIRMED
    if not sent:
        return {"company": "", "invoice": "", "sent_at": None, "is_confirmed": is_confirmed}
    first = sent[0]
    return {
        "company": COMPANIES.get(first.courier, OTHER),
        "invoice": first.tracking_no or first.number,
        "sent_at": first.created_at,
        "is_confirmed": is_confirmed,
    }


def _new(order: Order, payment: Payment | None) -> EscrowCase:
    if payment is None:
        raise RuntimeError("an escrow belongs to a payment")
    now = clock.now()
    return new_row(
        EscrowCase,
        order_id=order.id,
        payment_id=payment.id,
        work_status=WorkStatus.DONE,
        available_at=now,
        created_at=now,
        updated_at=now,
    )
