"""Remove personal values from orders: of former members at once, of everybody at the end of the period.

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
# With the records of contract and payment may be kept who it was: 전자상거래법 제6조제2항.
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
# What is derived from them needs no record of its own.
DERIVED: Final = ("client_network",)
BATCH: Final = 200


async def anonymise_member(member_id: int) -> int:
    """Move the personal values of the member's ended orders into the legal records; returns how many orders moved.

    For members who have left. One transaction an order; a repeat, also at the same time or after a crash in between,
    moves what is left. Open orders stay as they are, and `anonymise_due` comes back for them. Archived orders are
    brought back for it, and archived again in their time.
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
    """Ids of orders to anonymise, in id order, above `after_id`."""
    ended = table.filter(holds_personal(), member_id=member_id, status__not_in=OPEN, id__gt=after_id)
    return [order_id for (order_id,) in await ended.order_by("id").limit(BATCH).values_list("id")]


def holds_personal() -> Q:
    """Whether an order holds a personal value."""
    return Q(*(~Q(**{column: ""}) for column in PERSONAL), join_type=Q.OR)


def emptied() -> dict[str, Any]:
    """The columns of an order without personal values."""
    return {**dict.fromkeys((*PERSONAL, *DERIVED), ""), "updated_at": clock.now()}


async def _move(order_id: int) -> bool:
    """The values go over and out in one transaction, under the order's lock. A second record is never made."""
    order = await lock_order(order_id)
    values = {column: getattr(order, column) for column in PERSONAL}
    if order.status in OPEN or not any(values.values()):
        return False
    if not await anonymising.is_kept(DOMAIN, order.order_no):
        steps = await OrderEvent.filter(order_id=order.id)  # who took an order over made no new record of trade
        hops = [step.created_at for step in steps if step.from_status != step.to_status]
        since = max([order.created_at, *hops])
        await anonymising.keep(DOMAIN, order.order_no, values, since=since, retention=RETENTION)
    await Order.filter(id=order.id).update(**emptied())
    return True
