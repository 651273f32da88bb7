"""Find the orders of a member or guest in the live table and the archive by one statement.

One statement sees both tables at one moment, so an order that moves between them at that time is neither missed nor
returned twice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from src.app.order.models import OrderStatus
from src.core.database.statements import fetch

MOST_OF_GUEST: Final = 50
TABLES: Final = ("orders", "orders_archive")
NEWEST: Final = "ORDER BY created_at DESC, id DESC LIMIT %s"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filter: orders of a member, optionally of one status and placed within [since, until)."""

    member_id: int
    status: OrderStatus | None = None
    since: datetime | None = None
    until: datetime | None = None

    def condition(self) -> tuple[str, list[Any]]:
        """Return the filter as an SQL condition and its values."""
        terms: list[str] = ["member_id = %s"]
        values: list[Any] = [self.member_id]
        optional = (("status = %s", self.status), ("created_at >= %s", self.since), ("created_at < %s", self.until))
        for term, value in optional:
            if value is not None:
                terms.append(term)
                values.append(value.value if isinstance(value, OrderStatus) else value)
        return " AND ".join(terms), values


async def page_of(
    wanted: Wanted, *, window: tuple[int, int], after: tuple[str, tuple[object, ...]] | None = None
) -> tuple[list[int], int]:
    """Return the ids of one page, newest first, and the total over all pages.

    `window` is (offset, limit). `after` is an SQL condition on the rows and its values; the total ignores it.
    """
    condition, values = wanted.condition()
    here, own = (condition, values) if after is None else (f"{condition} AND {after[0]}", [*values, *after[1]])
    offset, limit = window
    counts = " + ".join(f"(SELECT COUNT(*) FROM {table} WHERE {condition})" for table in TABLES)  # noqa: S608
    rows = await fetch(
        f"SELECT id, {counts} AS total FROM ({_both(here, NEWEST)}) AS found {NEWEST} OFFSET %s",  # noqa: S608
        [*values, *values, *(([*own, offset + limit]) * 2), limit, offset],
    )
    if rows:
        return [row["id"] for row in rows], rows[0]["total"]
    if not offset and after is None:
        return [], 0
    (row,) = await fetch(f"SELECT {counts} AS total", [*values, *values])
    return [], row["total"]


async def ids_of(member_id: int, *, after_id: int, limit: int) -> list[int]:
    """Return up to `limit` ids of the member's orders above `after_id`, in id order."""
    condition, end = "member_id = %s AND id > %s", "ORDER BY id LIMIT %s"
    rows = await fetch(
        f"SELECT id FROM ({_both(condition, end)}) AS found {end}",  # noqa: S608
        [*([member_id, after_id, limit] * 2), limit],
    )
    return [row["id"] for row in rows]


async def placed_as_guest(since: datetime, *, phone: str | None, email: str | None) -> list[dict[str, Any]]:
    """Return guests' orders placed at or after `since` under this telephone number or this e-mail address.

    `phone` is digits only, `email` is normalised. Rows have `order_no`, `created_at` and `total`, newest first, at most
    MOST_OF_GUEST. One statement.
    """
    contacts = [(column, value) for column, value in (("orderer_phone", phone), ("orderer_email", email)) if value]
    if not contacts:
        return []
    found = "SELECT order_no, created_at, total FROM {} WHERE member_id IS NULL AND {} = %s AND created_at >= %s"
    sides = [(found.format(table, column), value) for table in TABLES for column, value in contacts]
    rows = await fetch(
        f"{' UNION '.join(text for text, _ in sides)} ORDER BY created_at DESC LIMIT %s",
        [*(part for _, value in sides for part in (value, since)), MOST_OF_GUEST],
    )
    return [{**row, "created_at": _aware(row["created_at"])} for row in rows]


def _aware(moment: datetime | str) -> datetime:
    """Return the moment as Tortoise reads it. Raw rows of SQLite hold text, those of MySQL have no time zone."""
    found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _both(condition: str, end: str) -> str:
    """Return one SELECT over both tables with this condition and end. No value of a caller is part of the text."""
    sides = (f"SELECT id, created_at FROM {table} AS found WHERE {condition} {end}" for table in TABLES)  # noqa: S608
    return " UNION ALL ".join(f"SELECT * FROM ({side}) AS side" for side in sides)  # noqa: S608
