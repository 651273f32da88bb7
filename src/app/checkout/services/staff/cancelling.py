"""판매자 주문취소 of unpaid orders, many at once: each in a transaction of its own, with a result of its own."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Final

from src.app.checkout.services.cancelling import close_payments, end_unpaid, is_unpaid
from src.app.order.errors import OrderNotFound, OrderTwice
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_number
from src.common.exceptions import AppError
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

AT_ONCE: Final = 8
"""Orders whose payments are asked about side by side."""
TOLD_BY: Final = "seller cancel"


async def cancel_all(order_nos: Sequence[str], *, reason: str, by: Actor) -> list[AppError | None]:
    """Cancel these unpaid orders; return, in the order asked, the error that refused each or None.

    As with the shopper's cancel PortOne is asked about every payment first: a paid one settles the order and is
    refused, an open account is closed. Locks each order, then its variants. Emits OrderCancelled and writes an audit
    row for each. An order that was cancelled unpaid before counts as done, so a repeat is harmless. An order that is
    named twice is refused.
    """
    slots = asyncio.Semaphore(AT_ONCE)
    times = Counter(order_nos)

    async def one(order_no: str) -> AppError | None:
        if times[order_no] > 1:
            return OrderTwice(order_no=order_no)
        async with slots:
            try:
                await _cancel(order_no, reason=reason, by=by)
            except AppError as refusal:
                return refusal
        return None

    return list(await asyncio.gather(*(one(order_no) for order_no in order_nos)))


async def _cancel(order_no: str, *, reason: str, by: Actor) -> None:
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound
    if not is_unpaid(order):
        return
    await close_payments(order.id, told_by=TOLD_BY)

    async def end() -> None:
        locked = await lock_order(order.id)
        was = locked.status.value
        if await end_unpaid(locked, actor=by.key, reason=reason):
            target = ("order", order_no)
            after = {"status": locked.status.value}
            await audit.record(
                "order.cancelled", by=by, target=target, before={"status": was}, after=after, reason=reason
            )

    await unit_of_work(end)
