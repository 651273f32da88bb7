"""How many products match, and from which side a page is best walked to.

Counts are remembered per filter, whatever the page and the order, until the catalogue changes: up to 2 s where few
match, up to a minute (usually 10 s, then renewed behind the answer) where many do, and ten (usually one) where many do
and stock is asked for. `total` is exact as of then.
"""

import json
import time
from dataclasses import dataclass
from typing import Final

from src.app.product.dtos.requests import ProductQuery
from src.app.product.services.matching import ORDERS, Matching, Sql, rows_of
from src.common.utils.bytes_cache import BytesCache, forgotten_together

# Few products: cheap to count again, and one more or less, or the first, is seen at once.
SMALL, SMALL_SECONDS = 1_000, 2.0
SIZE_BOUND: Final = 20_000  # a source with more is simply large
# What one product costs in a sort after its look-up, against one step along an index.
SOURCE_STEP: Final = 1.5

_counts: Final = forgotten_together(BytesCache(max_bytes=1024 * 1024, fresh_seconds=10.0, stale_seconds=60.0))
# Stock is in no index, because orders change it all the time: counting it looks at every candidate's variants.
_stock_counts: Final = forgotten_together(BytesCache(max_bytes=512 * 1024, fresh_seconds=60.0, stale_seconds=600.0))


@dataclass(frozen=True, slots=True)
class Plan:
    """`total` products match. `source` is the smallest source's number with `size` products (SIZE_BOUND at most), -1
    where there is none; `shown` products are for sale at all."""

    total: int
    source: int
    size: int
    shown: int

    def page(self, found: Matching, query: ProductQuery, columns: str) -> Sql:
        """The statement for the query's page, in its order."""
        index, order = ORDERS[query.sort]
        rest = f"ORDER BY {order} LIMIT {query.size} OFFSET {query.offset}"
        steps = (query.offset + query.size) * self.shown / max(1, self.total)
        if self.source >= 0 and self._all() * SOURCE_STEP < steps:
            return found.by_source(columns, source=found.sources[self.source], rest=rest)
        return found.by_order(columns, index=index, rest=rest)

    def every(self, found: Matching, columns: str) -> Sql:
        """The statement for everything that matches, in no order."""
        if self.source >= 0 and self.size < SIZE_BOUND:
            return found.by_source(columns, source=found.sources[self.source])
        return found.by_order(columns, index="product_price")

    def _all(self) -> int:
        return self.size if self.size < SIZE_BOUND else self.shown


def filters_of(query: ProductQuery) -> ProductQuery:
    """The query without page, order and facets: what decides how many match."""
    return query.model_copy(update={"page": 1, "size": 20, "sort": "newest", "facets": False})


async def plan_of(query: ProductQuery, found: Matching) -> Plan:
    """The plan of the query's filters. Two queries, none where it is remembered, one where there are no filters."""

    async def build() -> bytes:
        sizes = await _sizes(found)
        least = min(range(len(found.sources)), key=sizes.__getitem__, default=-1)
        size = sizes[least] if least >= 0 else 0
        shown = sizes[-1]
        if least < 0 and len(found.checks) == 1:
            total = shown
        elif least >= 0 and size < SIZE_BOUND:
            total = await _count(found.by_source("COUNT(*) AS n", source=found.sources[least]))
        else:
            total = await _count(found.by_order("COUNT(*) AS n", index="product_price"))
        return json.dumps([total, least, size, shown]).encode()

    if found.is_empty:
        return Plan(0, -1, 0, 0)
    key, counts = filters_of(query), _stock_counts if query.in_stock else _counts
    entry = await counts.get(key, build)
    plan = Plan(*json.loads(entry.body))
    if plan.total < SMALL and time.monotonic() - entry.built_at > SMALL_SECONDS:
        counts.forget(key)
        plan = Plan(*json.loads((await counts.get(key, build)).body))
    return plan


async def _sizes(found: Matching) -> list[int]:
    """How many rows each source has, SIZE_BOUND at most, and how many products are for sale. One query."""
    parts = [
        f"SELECT {n} AS k, COUNT(*) AS n FROM ({source.text} LIMIT {SIZE_BOUND}) t{n}"  # noqa: S608 - our own words
        for n, source in enumerate(found.sources)
    ]
    for_sale = Matching(found.checks[:1]).by_order(f"{len(parts)} AS k, COUNT(*) AS n", index="product_price")
    values = [value for source in found.sources for value in source.values]
    rows = await rows_of(Sql(" UNION ALL ".join([*parts, for_sale.text]), (*values, *for_sale.values)))
    return [int(row["n"]) for row in sorted(rows, key=lambda row: int(row["k"]))]


async def _count(statement: Sql) -> int:
    return int((await rows_of(statement))[0]["n"])
