"""Retention rules of the names of depositors, for members and guests, live and archived (docs/retention.md)."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from src.app.deposit.models import Deposit, DepositArchive, ManualTransfer, ManualTransferArchive
from src.app.deposit.services.retention.anonymising import RETENTION, empty
from src.app.order.services import queries as orders
from src.app.order.services.withdrawal import OPEN
from src.common.records.retention import Rule, batches
from src.core.database import unit_of_work

DEPOSITS: Final[dict[type[ManualTransfer], type[Deposit]]] = {
    ManualTransfer: Deposit,
    ManualTransferArchive: DepositArchive,
}


async def with_deposits(order_ids: Sequence[int]) -> set[int]:
    """Return the ids of these orders for which a deposit was recorded, live or archived."""
    found: set[int] = set()
    for table in (Deposit, DepositArchive, Deposit):  # live again: a row may return in between
        rows = table.filter(order_id__in=list(order_ids)).values_list("order_id")
        found |= {order_id for (order_id,) in await rows}
    return found


def _over(table: type[ManualTransfer], before: datetime) -> Any:
    return table.filter(separated_at=None, created_at__lte=before, due_at__lte=before)


async def _find(table: type[ManualTransfer], before: datetime, *, with_money: bool) -> AsyncIterator[list[int]]:
    async for ids in batches(_over(table, before)):
        order_of = dict(await table.filter(id__in=ids).values_list("id", "order_id"))
        held = await orders.by_ids(sorted(set(order_of.values())))
        closed = {order_id for order_id, order in held.items() if order.status not in OPEN}
        later = await DEPOSITS[table].filter(order_id__in=list(closed), created_at__gt=before).values_list("order_id")
        closed -= {order_id for (order_id,) in later}
        if not with_money:
            closed -= await with_deposits(sorted(closed))
        if due := [row_id for row_id in ids if order_of.get(row_id) in closed]:
            yield due


async def _erase(table: type[ManualTransfer], ids: Sequence[int], before: datetime) -> int:
    return sum([await unit_of_work(partial(_empty, table, row_id, before)) for row_id in ids])


async def _empty(table: type[ManualTransfer], row_id: int, before: datetime) -> int:
    """Check the row again under its lock, and empty it. The next run finds one that has just changed tables."""
    row = await _over(table, before).filter(id=row_id).select_for_update().first()
    return 0 if row is None else await empty(row.order_id, is_archived=table is ManualTransferArchive)


def _rules(table: type[ManualTransfer], name: str) -> tuple[Rule, Rule]:
    return (
        Rule(
            retention=RETENTION,
            table=name,
            subject="무통장입금의 입금자명 / Names of depositors of manual transfers",
            find=partial(_find, table, with_money=True),
            erase=partial(_erase, table),
        ),
        Rule(
            retention="unneeded",
            table=name,
            subject="입금되지 않은 주문의 입금자명 / Names of depositors of orders that nobody paid",
            find=partial(_find, table, with_money=False),
            erase=partial(_erase, table),
        ),
    )


RULES: Final = (*_rules(ManualTransfer, "manual_transfer"), *_rules(ManualTransferArchive, "manual_transfer_archive"))
