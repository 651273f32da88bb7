"""What a product costs at a moment. A discount may have a period, and nothing runs at the moment it begins or ends.

Money (quote, order, cart) and everything shown is computed by the clock from the row. Filters and sorts need the
indexed columns `price` and `reduction`: `settle` puts those right whose period began or ended since. A job calls it,
and every list before it asks, so a list is right also where no job ran.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from src.app.product.models import Product
from src.common import clock
from src.common.dtos.money import discounted
from src.common.http.public_invalidation import shown_changed
from src.core.database import single_statement
from src.core.database.statements import change, dialect

COLUMNS: Final = ("reduced_price", "discount_starts_at", "discount_ends_at")
"""What `shown` needs beside price, origin_price, discount and discount_option."""

WHOLE: Final = 10_000  # hundredths of a percent

OVER: Final = """
UPDATE product SET price = origin_price, reduction = 0, price_changes_at = NULL
WHERE price_changes_at <= %s AND discount_ends_at <= %s
"""
# The reduction is that of `reduced_price`: after ``price = ...`` MySQL reads the new price and SQLite the old one.
BEGUN: Final = """
UPDATE product SET price = reduced_price, reduction = {}, price_changes_at = discount_ends_at
WHERE price_changes_at <= %s AND (discount_ends_at IS NULL OR discount_ends_at > %s)
"""


def price_at(row: Mapping[str, Any], moment: datetime) -> int:
    """What a product's row costs at `moment`, in won. Needs `price`, `origin_price` and COLUMNS.

    Without a period `price` is always right: it is written together with what it follows from.
    """
    starts, ends = _moment(row["discount_starts_at"]), _moment(row["discount_ends_at"])
    if starts is None and ends is None:
        return int(row["price"])
    return int(row["reduced_price"] if _holds(starts, ends, moment) else row["origin_price"])


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as the shop shows it now: price and discount by the clock, COLUMNS left out."""
    now = clock.now()
    starts, ends = _moment(row["discount_starts_at"]), _moment(row["discount_ends_at"])
    rest = {name: value for name, value in row.items() if name not in COLUMNS}
    rest["price"] = price_at(row, now)
    if not _holds(starts, ends, now):
        rest |= {"discount": 0, "discount_option": ""}
    return rest


def columns_for(
    origin_price: int, *, option: str, value: int, starts_at: datetime | None, ends_at: datetime | None
) -> dict[str, Any]:
    """Every column of the price that follows from this discount, as of now; `option` is empty without one."""
    now = clock.now()
    reduced = discounted(origin_price, option=option or None, value=value)
    price = reduced if _holds(starts_at, ends_at, now) else origin_price
    boundaries = [moment for moment in (starts_at, ends_at) if moment is not None and moment > now]
    return {
        "origin_price": origin_price,
        "price": price,
        "reduction": reduction_of(origin_price, price),
        "reduced_price": reduced,
        "discount": value,
        "discount_option": option,
        "discount_starts_at": starts_at,
        "discount_ends_at": ends_at,
        "price_changes_at": min(boundaries, default=None),
    }


def reduction_of(origin_price: int, price: int) -> int:
    """The share that a price is reduced, in hundredths of a percent, cut down; 0 for what was never to cost
    anything."""
    return (origin_price - price) * WHOLE // origin_price if origin_price > 0 else 0


async def settle() -> int:
    """Put `price` and `reduction` right where a period began or ended since; answers how many. One query where there
    is none. Counts that the workers remember are forgotten, since they may be of the price of before.

    Safe beside itself and beside edits: each statement takes only rows that are due, and what it writes follows from
    the row alone. Versions stay: nobody edited anything.
    """
    now = clock.now()
    if not await Product.filter(price_changes_at__lte=now).exists():
        return 0
    over = await single_statement(lambda: change(OVER, (now, now)), is_harmless=True)
    text = BEGUN.replace("{}", reduction_sql("reduced_price"))
    begun = await single_statement(lambda: change(text, (now, now)), is_harmless=True)
    if over or begun:
        shown_changed()
    return over + begun


def reduction_sql(price: str) -> str:
    """`reduction_of` in SQL, for this column of `product`."""
    divided = "DIV" if dialect() != "sqlite" else "/"
    return f"CASE WHEN origin_price > 0 THEN ((origin_price - {price}) * {WHOLE}) {divided} origin_price ELSE 0 END"


def _holds(starts: datetime | None, ends: datetime | None, moment: datetime) -> bool:
    return (starts is None or starts <= moment) and (ends is None or moment < ends)


def _moment(value: Any) -> datetime | None:
    """A raw statement answers times as the driver does: text on SQLite, naive UTC on MySQL."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value if isinstance(value, datetime) else None
