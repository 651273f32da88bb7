"""배송지 변경: another recipient or address for the whole order, before a parcel of it was made."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from src.app.order.errors import ShippingZoneDiffers
from src.app.order.models import Order, OrderEvent, OrderLine
from src.app.order.services.changes.actions import check_may_move
from src.app.order.services.locks import lock_order
from src.app.shipping.services.fees import surcharge
from src.app.shipping.services.queries import load_tariff
from src.common import clock
from src.common.logs.context import request_id
from src.core.database import unit_of_work
from src.core.database.statements import find, insert, new_row, save

COLUMNS: Final = ("recipient", "recipient_phone", "zipcode", "address", "address_detail", "memo")
Noted = Callable[[Order, list[str]], Awaitable[None]]
"""Writes more rows of the change, given the order and the names of the changed columns, in its transaction."""


async def change_shipping(
    order_id: int, values: Mapping[str, str], *, actor: str, noted: Noted | None = None
) -> tuple[Order, bool]:
    """Write these COLUMNS of the order; return it, and whether anything changed.

    One transaction, which locks the order, then its lines. Writes the timeline, which names no value. Papers printed
    before are stale from then on. The same values again change nothing. Raises OrderNotFound, ShippingFixed once a
    parcel was made, and ShippingZoneDiffers where the surcharge of the zipcode is another one by the present rules: the
    difference can be neither paid nor refunded yet.
    """
    tariff = await load_tariff()

    async def write() -> tuple[Order, bool]:
        order = await lock_order(order_id)
        changed = [name for name in COLUMNS if name in values and values[name] != getattr(order, name)]
        if not changed:
            return order, False
        lines = await find(OrderLine, "order_id = %s ORDER BY id", (order_id,), locking=True)
        check_may_move(order, lines)
        if "zipcode" in changed:
            fees = [surcharge(tariff.surcharges, zipcode) for zipcode in (order.zipcode, values["zipcode"])]
            if fees[0] != fees[1]:
                raise ShippingZoneDiffers(difference=fees[1] - fees[0])
        await _write(order, {name: values[name] for name in changed}, actor=actor)
        if noted is not None:
            await noted(order, changed)
        return order, True

    return await unit_of_work(write)


async def _write(order: Order, values: Mapping[str, str], *, actor: str) -> None:
    now = clock.now()
    for name, value in values.items():
        setattr(order, name, value)
    order.recipient_phone_end = order.recipient_phone[-4:]
    order.paper_changed_at = order.updated_at = now
    await save(order, (*COLUMNS, "recipient_phone_end", "paper_changed_at", "updated_at"))
    await insert(
        new_row(
            OrderEvent,
            order_id=order.id,
            from_status=order.status.value,
            to_status=order.status.value,
            actor=actor[:40],
            reason="배송지 변경",
            request_id=request_id.get(),
            created_at=now,
        )
    )
