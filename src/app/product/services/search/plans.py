"""Count the products that match, and choose the faster way to read a page.

A count is an AND of cached sets (`id_sets`), so it costs the same for every combination of filters. Only filters that
no set decides, such as a word of three letters or a size in a colour, are evaluated by the database: on the candidates
if they are few, else on the whole index.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from src.app.product.dtos.requests import ProductQuery
from src.app.product.services.search import bitsets, id_sets
from src.app.product.services.search.bitsets import Bits
from src.app.product.services.search.filters import (
    EVERYTHING,
    Filter,
    Matching,
    Sql,
    by_ids,
    by_order,
    passing,
    rows_of,
)
from src.app.product.services.search.id_sets import Named

FEW: Final = 8_000  # candidates that the database checks by id
MOST_IDS: Final = 8_000  # ids in one statement: at about 12,000 MariaDB stops using its range access


@dataclass(frozen=True, slots=True)
class SortOrder:
    """An order of a list: its index and its columns. Up to `most_ids` matching ids may be sorted instead of found by a
    walk of the index; the number is lower where the sort must read the rows."""

    index: str
    columns: str
    most_ids: int = MOST_IDS


@dataclass(frozen=True, slots=True)
class Plan:
    """`matching` is the set of products that match, `total` is its size. `shown` is the size of the list without
    further filters. `checks` are the SQL conditions, the most selective first."""

    matching: Bits
    total: int
    shown: int
    checks: tuple[Sql, ...]

    def page(self, columns: str, *, order: SortOrder, size: int, offset: int, after: Sql | None = None) -> Sql:
        """Build the statement for a page in this order, of the products that pass `after`."""
        rest = f"LIMIT {size} OFFSET {offset}"
        steps = (offset + size) * self.shown / max(1, self.total)
        if self.total <= min(steps, order.most_ids):
            return by_ids(
                self.checks,
                columns,
                ids=bitsets.ids(self.matching),
                order=order.columns,
                rest=rest,
                after=after or EVERYTHING,
            )
        checks = self.checks if after is None else (*self.checks, after)
        return by_order(checks, columns, index=order.index, rest=f"ORDER BY {order.columns} {rest}")


NOTHING: Final = Plan(bitsets.NOTHING, 0, 0, ())


def filters_of(query: ProductQuery) -> ProductQuery:
    """Return the query without page, order and facets: only the part that decides which products match."""
    return query.model_copy(update={"page": 1, "size": 20, "sort": "newest", "facets": False, "cursor": None})


async def plan_of(found: Matching, *, key: Hashable, few: int = FEW, since: float | None = None) -> Plan:
    """Make the plan for these filters. The first filter defines the list; `key` identifies the query in the cache.

    One query for each set that is not cached. Filters that no set decides cost one query on the candidates if they are
    at most `few`, else one query each. `since`: see `id_sets.named`.
    """
    if found.is_empty:
        return NOTHING
    of_filters = [(filter_, await _held(filter_, since=since)) for filter_ in found.filters]
    shown = bitsets.count(of_filters[0][1])
    of_filters.sort(key=lambda pair: bitsets.count(pair[1]))
    candidates = bitsets.both([pair[1] for pair in of_filters])
    open_ = [filter_ for filter_, _ in of_filters if filter_.whole is not None]
    held = await _decided(open_, candidates, key=key, few=few, since=since)
    return Plan(held, bitsets.count(held), shown, tuple(filter_.check for filter_, _ in of_filters))


async def _held(filter_: Filter, *, since: float | None) -> Bits:
    """Return the intersection of the filter's sets, minus `without`. Sets after an empty one are not read."""
    sets: list[Bits] = []
    for one in filter_.sets:
        sets.append(await _set(one, since=since))
        if not sets[-1]:
            return bitsets.NOTHING
    held = bitsets.both(sets)
    return held if filter_.without is None else bitsets.without(held, await _set(filter_.without, since=since))


async def _decided(filters: list[Filter], candidates: Bits, *, key: Hashable, few: int, since: float | None) -> Bits:
    """Return the candidates that pass these filters, which no set decides."""
    number = bitsets.count(candidates)
    if not filters or not number:
        return candidates
    if number > few:
        wholes = [filter_.whole for filter_ in filters if filter_.whole is not None]
        return bitsets.both([candidates, *[await _set(whole, since=since) for whole in wholes]])

    async def ask() -> Bits:
        checks = [filter_.check for filter_ in filters]
        return bitsets.of_ids(row["id"] for row in await rows_of(passing(checks, ids=bitsets.ids(candidates))))

    return await id_sets.remembered(key, ask, since=since)


async def _set(one: Named | Sql, *, since: float | None) -> Bits:
    if isinstance(one, Named):
        return await id_sets.named(one, since=since)
    return await id_sets.selected(one.text, one.values, since=since)
