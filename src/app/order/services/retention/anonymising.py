"""Remove personal values from the ended orders of former members; `periods` does so when the period ends.

Orders keep what was bought (docs/promises.md#p9): numbers, lines and sums do not change.
"""

from functools import partial
from typing import Any, Final

from tortoise.expressions import Q

from src.app.order.models import Order, OrderArchive, OrderEvent, OrderLegalRecord, OrderSeparation
from src.app.order.services.locks import lock_order
from src.app.order.services.withdrawal import OPEN
from src.common import clock
from src.common.records import anonymising
from src.common.records.former_tables import FormerTables
from src.core.database import unit_of_work

DOMAIN: Final = "order"
# The person may be kept together with the records of contract and payment: 전자상거래법 제6조제2항.
RETENTION: Final = "contract"
FORMER: Final = FormerTables(OrderSeparation, OrderLegalRecord, "order_no")

PERSONAL: Final = (
    "orderer_name",
    "orderer_phone",
    "orderer_email",
    "client_address",
    "recipient",
    "recipient_phone",
    "zipcode",
    "address",
    "address_detail",
    "memo",
)
# Derived from personal values: emptied too, but not copied to the legal record.
DERIVED: Final = ("client_network", "orderer_phone_end", "recipient_phone_end")
BATCH: Final = 200


async def anonymise_member(member_id: int) -> int:
    """Move the personal values of the member's ended orders into the legal records; return how many orders moved.

    For members who have left. One transaction per order. A repeat moves what is left, also at the same time or after a
    crash. Open orders stay unchanged; `anonymise_due` tries them again later. Archived orders are brought back to the
    live tables for this, and `archive-orders` archives them again.
    """
    return await anonymising.anonymise(DOMAIN, member_id, _step)


async def _step(member_id: int) -> tuple[int, bool]:
    moved = 0
    for table in (Order, OrderArchive):
        last_id = 0
        while ids := await _ended_and_personal(table, member_id, after_id=last_id):
            last_id = ids[-1]
            for order_id in ids:
                moved += await unit_of_work(partial(_move, order_id))
    left = [await table.filter(holds_personal(), member_id=member_id).exists() for table in (Order, OrderArchive)]
    return moved, not any(left)


async def _ended_and_personal(table: type[Order], member_id: int, *, after_id: int) -> list[int]:
    """Return ids of the member's ended orders with personal values, in id order, above `after_id`."""
    ended = table.filter(holds_personal(), member_id=member_id, status__not_in=OPEN, id__gt=after_id)
    return [order_id for (order_id,) in await ended.order_by("id").limit(BATCH).values_list("id")]


def holds_personal() -> Q:
    """Return the condition that an order holds a personal value."""
    return Q(*(~Q(**{column: ""}) for column in PERSONAL), join_type=Q.OR)


def emptied() -> dict[str, Any]:
    """Return the column values that empty the personal columns of an order."""
    return {**dict.fromkeys((*PERSONAL, *DERIVED), ""), "updated_at": clock.now()}


async def _move(order_id: int) -> bool:
    """Copy the values to the legal record and empty them in the order, in one transaction under the order's lock.

    Returns False if the order is open or holds none. An order that has a legal record gets no second one.
    """
    order = await lock_order(order_id)
    values = {column: getattr(order, column) for column in PERSONAL}
    if order.status in OPEN or not any(values.values()):
        return False
    if not await anonymising.is_kept(DOMAIN, order.order_no):
        steps = await OrderEvent.filter(order_id=order.id)
        # A guest's order taken over by a member is no hop: it does not restart the period.
        hops = [step.created_at for step in steps if step.from_status != step.to_status]
        since = max([order.created_at, *hops])
        await anonymising.keep(DOMAIN, order.order_no, values, since=since, retention=RETENTION)
    await Order.filter(id=order.id).update(**emptied())
    return True
