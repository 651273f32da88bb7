"""Figures of sales by hour, day or month, from the journal alone, live and archived."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from src.core.database.statements import dialect, fetch


class Bucket(StrEnum):
    """What is added up."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Figures:
    """Orders that were paid, the won that they cost after discounts with shipping, and the won of goods and shipping
    that were cancelled or returned (counted when that was decided)."""

    orders: int = 0
    sold: int = 0
    taken_back: int = 0

    def plus(self, other: "Figures") -> "Figures":
        """Return the sum."""
        return Figures(self.orders + other.orders, self.sold + other.sold, self.taken_back + other.taken_back)


SOLD: Final = "'SALE', 'SHIPPING', 'DISCOUNT', 'COUPON'"
BACK: Final = "'CANCELLED_GOODS', 'RETURNED_GOODS', 'SHIPPING_BACK'"
# The text of a bucket: 2026-11-20T09 for an hour, 2026-11-20, 2026-11. Korea has no summer time.
HOURS: Final = {
    "mysql": "CONCAT(day, 'T', LPAD(HOUR(DATE_ADD(at, INTERVAL 9 HOUR)), 2, '0'))",
    "sqlite": "day || 'T' || strftime('%H', at, '+9 hours')",
}
PLAIN: Final = {Bucket.DAY: "day", Bucket.MONTH: "SUBSTR(day, 1, 7)"}


async def figures(first: date, last: date, bucket: Bucket) -> Mapping[str, Figures]:
    """Return the figures of these Korean days by bucket; those without a sale are left out. Two queries, each over the
    rows of these days by the index on the day."""
    words = HOURS[dialect()] if bucket == Bucket.HOUR else PLAIN[bucket]
    found: dict[str, Figures] = defaultdict(Figures)
    for table in ("journal_entry", "journal_entry_archive"):
        text = (
            f"SELECT {words} AS place, COUNT(DISTINCT CASE WHEN kind = 'SALE' THEN order_id END) AS orders,"  # noqa: S608
            f" SUM(CASE WHEN kind IN ({SOLD}) THEN amount ELSE 0 END) AS sold,"
            f" SUM(CASE WHEN kind IN ({BACK}) THEN -amount ELSE 0 END) AS taken_back FROM {table}"
            f" WHERE day >= %s AND day <= %s AND kind IN ({SOLD}, {BACK}) GROUP BY place"
        )
        for row in await fetch(text, (first, last)):
            one = Figures(int(row["orders"]), int(row["sold"]), int(row["taken_back"]))
            found[str(row["place"])] = found[str(row["place"])].plus(one)
    return found
