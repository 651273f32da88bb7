"""Give order lines of before the desk what it searches by: day of the order and of the payment, pay method, and the
last digits of telephone numbers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from src.app.order.services.lines.search import TABLES
from src.core.database import unit_of_work
from src.core.database.statements import change, fetch

PAGE: Final = 200

Methods = Callable[[Sequence[int]], Awaitable[Mapping[int, str]]]
"""Returns by order id how the order was paid, or was to be paid; orders without a payment are left out."""


async def fill_older(methods: Methods) -> int:
    """Fill the lines that have no `ordered_at`, live and archived; return how many orders were filled.

    The job ``fill-order-lines``: also for what the release before wrote while both ran. Each page of orders is one
    transaction. A repeat, at the same time or after a crash, fills what is left.
    """
    filled = 0
    for lines, orders in TABLES:
        while found := await _unfilled(lines, orders):
            how = await methods([row["id"] for row in found])
            await unit_of_work(partial(_fill, lines, orders, found, how))
            filled += len(found)
        while phones := await _without_end(orders):
            await unit_of_work(partial(_fill_ends, orders, phones))
    return filled


async def _unfilled(lines: str, orders: str) -> list[dict[str, Any]]:
    ids = f"SELECT DISTINCT order_id FROM {lines} WHERE ordered_at IS NULL LIMIT {PAGE}"  # noqa: S608
    wanted = f"SELECT id, created_at, paid_at, orderer_phone FROM {orders} WHERE id IN (SELECT order_id FROM ({ids}) AS some)"  # noqa: S608
    return await fetch(wanted)


async def _without_end(orders: str) -> list[dict[str, Any]]:
    return await fetch(
        f"SELECT id, recipient_phone FROM {orders} WHERE recipient_phone_end = '' AND recipient_phone > '' LIMIT {PAGE}"  # noqa: S608
    )


async def _fill_ends(orders: str, found: Sequence[dict[str, Any]]) -> None:
    filling = f"UPDATE {orders} SET recipient_phone_end = %s WHERE id = %s AND recipient_phone = %s"  # noqa: S608
    for row in found:
        await change(filling, (row["recipient_phone"][-4:], row["id"], row["recipient_phone"]))


async def _fill(lines: str, orders: str, found: Sequence[dict[str, Any]], how: Mapping[int, str]) -> None:
    phone = f"UPDATE {orders} SET orderer_phone_end = %s WHERE id = %s"  # noqa: S608
    filling = (
        f"UPDATE {lines} SET ordered_at = %s, paid_at = %s, pay_method = %s WHERE order_id = %s AND ordered_at IS NULL"  # noqa: S608
    )
    for row in found:
        await change(phone, (row["orderer_phone"][-4:], row["id"]))
        await change(filling, (row["created_at"], row["paid_at"], how.get(row["id"], ""), row["id"]))
