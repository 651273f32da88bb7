"""Find order lines for staff: by one key, by a kind of date, by every axis. Live and archived ones, in one order.

One statement finds the ids of a page, one counts, one reads the rows. Nothing is locked. The text of a statement is
put together from our own words only; values of a caller are passed beside it.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from src.app.order.models import Order, OrderArchive, OrderLine, OrderLineArchive, OrderStatus
from src.common import clock
from src.common.clock import KST, korean_day
from src.common.records.archiving import rows_of
from src.core.configs import settings
from src.core.database.statements import fetch, marks

DEFAULT_RANGE: Final = timedelta(days=92)
COUNTED: Final = 10_000
"""A total is exact up to here."""
LAST_FOUR: Final = 4
TABLES: Final = (("order_line", "orders"), ("order_line_archive", "orders_archive"))
TO_SEND: Final = (OrderStatus.PAID, OrderStatus.PREPARING, OrderStatus.SHIPPING)
# DISTINCT keeps it a table of its own: few lines are late, and by the index on a date each of its rows would be read.
LATE: Final = (
    f"SELECT DISTINCT id FROM {{table}} WHERE status IN ({marks(len(TO_SEND))}) AND ship_by < %s"  # noqa: S608
    " AND quantity > cancelled + in_cancel + shipped"
)


class DateKind(StrEnum):
    """Which day of a line is meant; the value is its column."""

    ORDERED = "ordered_at"
    PAID = "paid_at"
    ACKNOWLEDGED = "acknowledged_at"
    SHIPPED = "shipped_at"
    DELIVERED = "delivered_at"
    PURCHASE_CONFIRMED = "confirmed_at"


class Key(StrEnum):
    """What is searched by; the value is its column, of the order (``o.``) or of the line (``l.``)."""

    RECIPIENT_NAME = "o.recipient"
    BUYER_NAME = "o.orderer_name"
    BUYER_PHONE = "o.orderer_phone"
    BUYER_PHONE_END = "o.orderer_phone_end"
    RECIPIENT_PHONE = "o.recipient_phone"
    RECIPIENT_PHONE_END = "o.recipient_phone_end"
    MEMBER_ID = "o.member_id"
    ORDER_NO = "o.order_no"
    LINE_NO = "l.line_no"
    PRODUCT_CODE = "l.product_code"
    LINE_ID = "l.id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Filters of a search; all that are given must hold.

    `key` names a column and the values of which one must be equal; with `is_prefix` the one value begins it. `dates` is
    [since, until). `among` gives, by column of the line, the values of which one must hold. `late_on`: lines to send
    whose `ship_by` is before this Korean day. `with_archive` searches archived lines too.
    """

    kind: DateKind = DateKind.ORDERED
    dates: tuple[datetime | None, datetime | None] = (None, None)
    key: tuple[Key, Sequence[Any]] | None = None
    is_prefix: bool = False
    among: Mapping[str, Collection[str]] = field(default_factory=dict)
    is_delayed: bool | None = None
    late_on: date | None = None
    is_ascending: bool = False
    with_archive: bool = True


def default_since() -> datetime:
    """Return the moment from which lines are shown if nobody asks for days: three months ago."""
    return korean_day((clock.now() - DEFAULT_RANGE).astimezone(KST).date())[0]


def reaches_archive(since: datetime | None) -> bool:
    """Return whether lines that were ordered since this moment may lie in the archive."""
    oldest_live = clock.now() - timedelta(days=settings().orders.archive_after_days)
    return since is None or since < oldest_live


def lately(*, among: Mapping[str, Collection[str]] | None = None, late_on: date | None = None) -> Wanted:
    """Return the filters of the list as it is without a key and without days."""
    since = default_since()
    return Wanted(dates=(since, None), among=among or {}, late_on=late_on, with_archive=reaches_archive(since))


@dataclass(frozen=True, slots=True)
class Found:
    """A line as it was found, with the header of its order."""

    line: OrderLine
    order: Order


async def find(wanted: Wanted, *, offset: int, limit: int) -> tuple[list[Found], int, bool]:
    """Return a page of lines, newest first unless ascending, the total, and whether the total is exact.

    A total above COUNTED is COUNTED and not exact. Lines without the date of the kind come last and only without a
    range.
    """
    ids = await _page(wanted, offset=offset, limit=limit)
    is_end = len(ids) < limit and (len(ids) > 0 or offset == 0)
    total, is_exact = (offset + len(ids), True) if is_end else await count(wanted)
    return await _rows(ids), total, is_exact


async def count(wanted: Wanted) -> tuple[int, bool]:
    """Return how many lines match and whether that is exact: above COUNTED it is COUNTED and not exact."""
    total = await _count(wanted)
    return min(total, COUNTED), total <= COUNTED


async def count_all(wanted: Wanted) -> int:
    """Return how many lines match, however many they are."""
    return await _count(wanted, limit=None)


async def walk(wanted: Wanted, *, size: int) -> AsyncIterator[list[Found]]:
    """Yield all lines that match in pages, in the order of `find`. Each page is found by where the last one ended, so a
    line that moves to the archive meanwhile is neither missed nor seen twice."""
    for has_date in (True, False) if wanted.dates == (None, None) else (True,):
        place: tuple[Any, int] | None = None
        while True:
            rows = await _after(wanted, place, has_date=has_date, limit=size)
            if rows:
                yield await _rows([row["id"] for row in rows])
                place = rows[-1]["moment"], rows[-1]["id"]
            if len(rows) < size:
                break


async def _after(wanted: Wanted, place: tuple[Any, int] | None, *, has_date: bool, limit: int) -> list[dict[str, Any]]:
    """Return id and moment of the lines after this place; of those without the date of the kind by id alone."""
    way, beyond = ("ASC", ">") if wanted.is_ascending else ("DESC", "<")
    column = f"l.{wanted.kind}"
    more, given = f"{column} IS {'NOT ' if has_date else ''}NULL", list[Any]()
    if place is not None and has_date:
        more += f" AND {column} {beyond}= %s AND ({column} {beyond} %s OR l.id {beyond} %s)"
        given = [place[0], place[0], place[1]]
    elif place is not None:
        more += f" AND l.id {beyond} %s"
        given = [place[1]]
    end = f"ORDER BY moment {way}, id {way} LIMIT %s"
    sides, values = [], []
    for text, held in _sides(wanted, f"l.id AS id, {column} AS moment"):
        sides.append(f"SELECT * FROM ({text} AND {more} {end}) AS side")  # noqa: S608
        values += [*held, *given, limit]
    return await fetch(f"SELECT * FROM ({' UNION ALL '.join(sides)}) AS found {end}", [*values, limit])  # noqa: S608


async def count_by_status(statuses: Sequence[OrderStatus]) -> dict[OrderStatus, int]:
    """Return how many live lines have each of these statuses. One statement by the index on the status."""
    text = f"SELECT status, COUNT(*) AS n FROM order_line WHERE status IN ({marks(len(statuses))}) GROUP BY status"  # noqa: S608
    counted = {row["status"]: row["n"] for row in await fetch(text, [status.value for status in statuses])}
    return {status: counted.get(status.value, 0) for status in statuses}


async def _page(wanted: Wanted, *, offset: int, limit: int) -> list[int]:
    way = "ASC" if wanted.is_ascending else "DESC"
    end = f"ORDER BY moment {way}, id {way} LIMIT %s"
    sides, values = [], []
    for text, given in _sides(wanted, f"l.id AS id, l.{wanted.kind} AS moment"):
        sides.append(f"SELECT * FROM ({text} {end}) AS side")  # noqa: S608
        values += [*given, offset + limit]
    rows = await fetch(
        f"SELECT id FROM ({' UNION ALL '.join(sides)}) AS found {end} OFFSET %s",  # noqa: S608
        [*values, limit, offset],
    )
    return [row["id"] for row in rows]


async def _count(wanted: Wanted, *, limit: int | None = COUNTED + 1) -> int:
    end = "" if limit is None else f" LIMIT {limit}"
    parts, values = [], []
    for text, given in _sides(wanted, "1"):
        parts.append(f"(SELECT COUNT(*) FROM ({text}{end}) AS some)")  # noqa: S608
        values += given
    (row,) = await fetch(f"SELECT {' + '.join(parts)} AS total", values)
    total: int = row["total"]
    return total


def _sides(wanted: Wanted, columns: str) -> list[tuple[str, list[Any]]]:
    """Return the SELECT of the live tables and, if wanted, of the archive, each with its values."""
    condition, values = _condition(wanted)
    needs_order = wanted.key is not None and wanted.key[0].startswith("o.")
    found = []
    for lines, orders in TABLES if wanted.with_archive else TABLES[:1]:
        joined = f" JOIN {orders} o ON o.id = l.order_id" if needs_order else ""
        begun: list[Any] = []
        if wanted.late_on is not None:
            joined += f" JOIN ({LATE.format(table=lines)}) late ON late.id = l.id"
            begun = [*(status.value for status in TO_SEND), wanted.late_on]
        found.append((f"SELECT {columns} FROM {lines} l{joined} WHERE {condition}", [*begun, *values]))  # noqa: S608
    return found


def _condition(wanted: Wanted) -> tuple[str, list[Any]]:
    terms: list[str] = []
    values: list[Any] = []

    def add(term: str, *given: Any) -> None:
        terms.append(term)
        values.extend(given)

    if wanted.key is not None:
        column, keys = wanted.key
        if column == Key.RECIPIENT_PHONE:  # the index begins with its last four digits
            add(f"{Key.RECIPIENT_PHONE_END} IN ({marks(len(keys))})", *(key[-LAST_FOUR:] for key in keys))
        if wanted.is_prefix:
            add(f"{column} LIKE %s ESCAPE '!'", f"{_literal(str(keys[0]))}%")
        else:
            add(f"{column} IN ({marks(len(keys))})", *keys)
    since, until = wanted.dates
    if since is not None:
        add(f"l.{wanted.kind} >= %s", since)
    if until is not None:
        add(f"l.{wanted.kind} < %s", until)
    for axis, options in wanted.among.items():
        add(f"l.{axis} IN ({marks(len(options))})", *options)
    if wanted.is_delayed is not None:
        add(f"l.delayed_until IS {'NOT ' if wanted.is_delayed else ''}NULL")
    return " AND ".join(terms) or "1 = 1", values


def _literal(text: str) -> str:
    """Return the text as LIKE takes it word for word."""
    return "".join(f"!{letter}" if letter in "!%_" else letter for letter in text)


async def _rows(ids: Sequence[int]) -> list[Found]:
    """Return the lines with these ids and their orders, in this order, wherever they lie now."""
    lines = await _by_ids(OrderLine, OrderLineArchive, ids)
    orders = await _by_ids(Order, OrderArchive, sorted({line.order_id for line in lines.values()}))
    return [
        Found(lines[line_id], orders[lines[line_id].order_id])
        for line_id in ids
        if line_id in lines and lines[line_id].order_id in orders
    ]


async def _by_ids(live: Any, archive: Any, ids: Sequence[int]) -> dict[int, Any]:
    rows = await rows_of(live, archive, "id", ids) if ids else {}
    return {key: found[0] for key, found in rows.items() if found}
