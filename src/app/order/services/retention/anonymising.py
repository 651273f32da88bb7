"""Who has left the shop is separated from the orders; what the law wants kept is kept apart, for as long as it wants.

Orders keep what was bought (docs/promises.md#p9): numbers, lines and sums do not change.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from src.app.order.models import Order, OrderArchive, OrderEvent, OrderLegalRecord, OrderSeparation
from src.app.order.services.locks import lock_order
from src.app.order.services.withdrawal import OPEN
from src.common import clock
from src.common.logs.setup import where
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long records are kept, and who says so."""

    years: int
    source: str


# Contract, withdrawal of it, payment and supply. With it may be kept who it was: 전자상거래법 제6조제2항.
ORDER_RECORDS: Final = Retention(5, "전자상거래 등에서의 소비자보호에 관한 법률 시행령 제6조제1항제2호·제3호")

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
# An order that was being placed while the member's sessions ended is committed long before this.
SETTLED_AFTER: Final = timedelta(hours=1)
BATCH: Final = 200


async def separate_personal(member_id: int) -> int:
    """Move the personal values of the member's ended orders into the legal records; returns how many orders moved.

    For members who have left. One transaction an order; a repeat, also at the same time or after a crash in between,
    moves what is left. Orders still open stay as they are and are moved by `separate_due` once they ended. Archived
    ones are brought back for it, and archived again in their time.
    """
    await _request(member_id)
    moved = 0
    for table in (Order, OrderArchive):
        last_id = 0
        while ids := await _ended_and_personal(table, member_id, after_id=last_id):
            last_id = ids[-1]
            for order_id in ids:
                moved += await unit_of_work(partial(_separate, order_id))
    await unit_of_work(partial(_close, member_id))
    return moved


async def separate_due() -> int:
    """Go on with every member whose separation is not done; returns how many orders moved. The job ``separate-orders``."""
    moved, last_id = 0, 0
    while ids := await _unfinished(after_id=last_id):
        last_id = ids[-1]
        for member_id in ids:
            try:
                moved += await separate_personal(member_id)
            except Exception as error:  # noqa: BLE001 - one member's orders must not keep the others'
                logger.error("orders of member %d could not be separated: %s", member_id, where(error))
    return moved


async def purge_legal_records() -> int:
    """Delete the legal records whose time is over; returns how many. The job ``purge-legal-records``."""
    return await unit_of_work(lambda: OrderLegalRecord.filter(keep_until__lte=clock.now()).delete())


def kept_until(since: datetime, retention: Retention = ORDER_RECORDS) -> datetime:
    """The end of the retention; one that begins on 29 February ends on 1 March."""
    try:
        return since.replace(year=since.year + retention.years)
    except ValueError:
        return since.replace(year=since.year + retention.years, month=3, day=1)


async def _request(member_id: int) -> None:
    if await OrderSeparation.filter(member_id=member_id).exists():
        return
    try:
        await unit_of_work(lambda: OrderSeparation.create(member_id=member_id, requested_at=clock.now()))
    except IntegrityError:
        return  # by the same call at the same time


async def _unfinished(*, after_id: int) -> list[int]:
    waiting = OrderSeparation.filter(done_at=None, member_id__gt=after_id).order_by("member_id").limit(BATCH)
    return [member_id for (member_id,) in await waiting.values_list("member_id")]


async def _ended_and_personal(table: type[Order], member_id: int, *, after_id: int) -> list[int]:
    """Ids of orders to separate, in id order, above `after_id`."""
    ended = table.filter(_holds_personal(), member_id=member_id, status__not_in=OPEN, id__gt=after_id)
    return [order_id for (order_id,) in await ended.order_by("id").limit(BATCH).values_list("id")]


def _holds_personal() -> Q:
    return Q(*(~Q(**{column: ""}) for column in PERSONAL), join_type=Q.OR)


async def _separate(order_id: int) -> bool:
    """The values go over and out in one transaction, under the order's lock. A second record is never made."""
    order = await lock_order(order_id)
    values = {column: getattr(order, column) for column in PERSONAL}
    if order.status in OPEN or not any(values.values()):
        return False
    now = clock.now()
    if not await OrderLegalRecord.filter(order_no=order.order_no).exists():
        steps = await OrderEvent.filter(order_id=order.id)  # who took an order over made no new record of trade
        hops = [step.created_at for step in steps if step.from_status != step.to_status]
        since = max([order.created_at, *hops])
        await OrderLegalRecord.create(
            order_no=order.order_no, payload=values, keep_until=kept_until(since), created_at=now
        )
    await Order.filter(id=order.id).update(**dict.fromkeys((*PERSONAL, *DERIVED), ""), updated_at=now)
    return True


async def _close(member_id: int) -> None:
    """Done, unless an order is open or one could still come in."""
    now = clock.now()
    if not any(
        [await table.filter(_holds_personal(), member_id=member_id).exists() for table in (Order, OrderArchive)]
    ):
        waiting = OrderSeparation.filter(member_id=member_id, done_at=None)
        await waiting.filter(requested_at__lte=now - SETTLED_AFTER).update(done_at=now)
