"""Reads of manual transfers and deposits, live and archived."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from src.app.deposit.models import Deposit, DepositArchive, ManualTransfer, ManualTransferArchive
from src.app.order.models import OrderLine
from src.common.records.archiving import rows_of

METHOD: Final = "MANUAL_TRANSFER"
"""What `OrderLine.pay_method` holds for an order that is paid by a manual transfer."""


def is_transfer(lines: Collection[OrderLine]) -> bool:
    """Return whether the order of these lines is paid by a manual transfer. No statement."""
    return any(line.pay_method == METHOD for line in lines)


async def transfers_of(order_ids: Sequence[int]) -> dict[int, ManualTransfer]:
    """Return what these orders wait or waited for, by order id. No statement for no order, one if all are live."""
    if not order_ids:
        return {}
    found = await rows_of(ManualTransfer, ManualTransferArchive, "order_id", list(order_ids))
    return {order_id: row for order_id, (row,) in found.items()}


async def deposits_of(order_ids: Sequence[int]) -> dict[int, list[Deposit]]:
    """Return the deposits of these orders by order id, the oldest first. No statement for no order."""
    return await rows_of(Deposit, DepositArchive, "order_id", list(order_ids)) if order_ids else {}


async def deposited(order_ids: Sequence[int]) -> dict[int, int]:
    """Return the won deposited for these orders, by order id; those without a deposit are left out."""
    return {key: sum(row.amount for row in rows) for key, rows in (await deposits_of(order_ids)).items()}


async def due_between(since: datetime, until: datetime, *, after_id: int, limit: int) -> list[ManualTransfer]:
    """Return live manual transfers due within (since, until], in id order, above `after_id`, whatever became of their
    orders."""
    due = ManualTransfer.filter(due_at__gt=since, due_at__lte=until, id__gt=after_id)
    return await due.order_by("id").limit(limit)
