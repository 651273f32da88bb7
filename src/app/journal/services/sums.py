"""Sums of the journal by order: what is owed and what the shop has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from src.app.journal.models import MONEY, OWED, EntryKind
from src.app.order.models import OrderStatus
from src.core.database.statements import dialect, fetch, marks


def _side(kinds: frozenset[EntryKind]) -> str:
    words = ", ".join(f"'{kind.value}'" for kind in sorted(kinds))
    return f"SUM(CASE WHEN j.kind IN ({words}) THEN j.amount ELSE 0 END)"


TABLES: Final = (("orders", "journal_entry"), ("orders_archive", "journal_entry_archive"))
COLUMNS: Final = (
    f"o.id AS order_id, o.order_no AS order_no, o.status AS status, {_side(OWED)} AS owed, {_side(MONEY)} AS money,"
    " CASE WHEN o.paid_at IS NOT NULL AND o.item_total > 0 AND SUM(CASE WHEN j.kind = 'SALE' THEN 1 ELSE 0 END) = 0"
    " THEN 1 ELSE 0 END AS is_unbooked"
)
GROUPS: Final = "GROUP BY o.id, o.order_no, o.status, o.paid_at, o.item_total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The sides of an order in won. `is_unbooked`: the order was paid, and the journal has no sale of it."""

    order_id: int
    order_no: str
    status: OrderStatus
    owed: int
    money: int
    is_unbooked: bool


async def unequal(above: int, up_to: int, *, archived: bool = False) -> list[Sides]:
    """Return the orders with ids in (above, up_to] whose sides differ, or that are paid and not in the journal. One
    query over the rows of these orders."""
    text = (
        f"{_select(archived=archived)} WHERE o.id > %s AND o.id <= %s {GROUPS} HAVING owed <> money OR is_unbooked = 1"
    )
    return [_sides(row) for row in await fetch(text, (above, up_to))]


async def of_orders(order_ids: Sequence[int]) -> list[Sides]:
    """Return the sides of these orders by id, live ones and, where they are not live, archived ones."""
    found: dict[int, Sides] = {}
    for archived in (False, True, False):
        if missing := [order_id for order_id in order_ids if order_id not in found]:
            text = f"{_select(archived=archived)} WHERE o.id IN ({marks(len(missing))}) {GROUPS}"
            found |= {row["order_id"]: _sides(row) for row in await fetch(text, missing)}
    return [found[order_id] for order_id in order_ids if order_id in found]


async def id_of(order_no: str) -> int | None:
    """Return the id of an order, live or archived, by its number."""
    for orders in ("orders", "orders_archive", "orders"):
        for row in await fetch(f"SELECT id FROM {orders} WHERE order_no = %s", (order_no,)):  # noqa: S608
            return int(row["id"])
    return None


async def lock(order_id: int) -> None:
    """Lock an order where it lies, live or archived, and leave it there. Call inside a unit of work."""
    if dialect() == "mysql":
        for orders, _ in TABLES:
            await fetch(f"SELECT id FROM {orders} WHERE id = %s FOR UPDATE", (order_id,))  # noqa: S608 - our own words


def _select(*, archived: bool) -> str:
    orders, entries = TABLES[archived]
    return f"SELECT {COLUMNS} FROM {orders} o LEFT JOIN {entries} j ON j.order_id = o.id"  # noqa: S608


def _sides(row: dict[str, Any]) -> Sides:
    return Sides(
        order_id=row["order_id"],
        order_no=row["order_no"],
        status=OrderStatus(row["status"]),
        owed=int(row["owed"]),
        money=int(row["money"]),
        is_unbooked=bool(row["is_unbooked"]),
    )
