"""What a product costs at a moment. A discount may have a period, and nothing runs at the moment it begins or ends.

Money (quote, order, cart) and everything shown is computed by the clock from the row. Filters and sorts need the
indexed column `price`: `settle` puts those right whose period began or ended since. A job calls it, and every
list before it asks, so a list is right also where no job ran.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from tortoise.expressions import F, Q

from src.app.product.models import Product
from src.common.utils import clock
from src.common.utils.money import discounted
from src.core.database import single_statement

COLUMNS: Final = ("reduced_price", "discount_starts_at", "discount_ends_at")
"""What `shown` needs beside price, origin_price, discount and discount_option."""


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
    boundaries = [moment for moment in (starts_at, ends_at) if moment is not None and moment > now]
    return {
        "origin_price": origin_price,
        "price": reduced if _holds(starts_at, ends_at, now) else origin_price,
        "reduced_price": reduced,
        "discount": value,
        "discount_option": option,
        "discount_starts_at": starts_at,
        "discount_ends_at": ends_at,
        "price_changes_at": min(boundaries, default=None),
    }


async def settle() -> int:
    """Put `price` right where a period began or ended since; answers how many. One query where there is none.

    Safe beside itself and beside edits: each statement takes only rows that are due, and what it writes follows from
    the row alone. Versions stay: nobody edited anything.
    """
    now = clock.now()
    due = Product.filter(price_changes_at__lte=now)
    if not await due.exists():
        return 0
    is_over = Q(discount_ends_at__lte=now)
    begun = due.filter(Q(discount_ends_at__isnull=True) | Q(discount_ends_at__gt=now))
    over = await single_statement(lambda: due.filter(is_over).update(price=F("origin_price"), price_changes_at=None))
    return over + await single_statement(
        lambda: begun.update(price=F("reduced_price"), price_changes_at=F("discount_ends_at"))
    )


def _holds(starts: datetime | None, ends: datetime | None, moment: datetime) -> bool:
    return (starts is None or starts <= moment) and (ends is None or moment < ends)


def _moment(value: Any) -> datetime | None:
    """A raw statement answers times as the driver does: text on SQLite, naive UTC on MySQL."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value if isinstance(value, datetime) else None
