"""The price of a product at a given time. A discount may have a period; no job runs at the very time it begins or ends.

Amounts (quote, order, cart) and everything shown are computed from the row and the clock. Filters and sorts need the
indexed columns `price` and `reduction`, which `settle` corrects after a period began or ended. A job calls `settle`,
and so does every list before it reads, so lists are right even if no job ran.
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
"""The columns that `shown` needs in addition to price, origin_price, discount and discount_option."""

WHOLE: Final = 10_000  # hundredths of a percent

OVER: Final = """
UPDATE product SET price = origin_price, reduction = 0, price_changes_at = NULL
WHERE price_changes_at <= %s AND discount_ends_at <= %s
"""
# The reduction is computed from `reduced_price`, because after ``price = ...`` in the same UPDATE MySQL reads the new
# price and SQLite the old one.
BEGUN: Final = """
UPDATE product SET price = reduced_price, reduction = {}, price_changes_at = discount_ends_at
WHERE price_changes_at <= %s AND (discount_ends_at IS NULL OR discount_ends_at > %s)
"""


def price_at(row: Mapping[str, Any], moment: datetime) -> int:
    """Return the price of a product's row at `moment`, in won. Needs `price`, `origin_price` and COLUMNS.

    Without a discount period `price` is always right: it is written together with the columns it is derived from.
    """
    starts, ends = _moment(row["discount_starts_at"]), _moment(row["discount_ends_at"])
    if starts is None and ends is None:
        return int(row["price"])
    return int(row["reduced_price"] if _holds(starts, ends, moment) else row["origin_price"])


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row as the shop shows it now: price and discount by the clock, without COLUMNS."""
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
    """Return all price columns for this price and discount, as of now. `option` is empty without a discount."""
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
    """Return the reduction of a price in hundredths of a percent, rounded down; 0 if the original price is 0."""
    return (origin_price - price) * WHOLE // origin_price if origin_price > 0 else 0


async def settle() -> int:
    """Correct `price` and `reduction` of products whose discount period began or ended. Returns how many changed.

    One query if no row is due. Otherwise the workers' cached answers are dropped, because they may show old prices.
    Safe to run in parallel with itself and with edits: each statement changes only rows that are due, and the new
    values depend on the row alone. Versions do not change, because this is no edit.
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
    """Convert a time as the driver returns it for raw statements: text on SQLite, naive UTC on MySQL."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value if isinstance(value, datetime) else None
