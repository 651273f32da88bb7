"""Search statistics for staff."""

from datetime import date, datetime
from typing import Any, Final

from src.app.search.dtos.admin import SearchTermQuery, SearchTermRead
from src.common.dtos.day_range import FIRST_DAY, LAST_DAY
from src.common.dtos.pages import Page
from src.core.database.statements import fetch

BY_TERM: Final = """
SELECT term, SUM(searches) AS searches, SUM(misses) AS misses, MIN(day) AS first_day, MAX(day) AS last_day
FROM search_term WHERE day BETWEEN %s AND %s GROUP BY term
"""
EMPTY_ONLY: Final = "HAVING SUM(misses) > 0"


async def search_terms(asked: SearchTermQuery) -> Page[SearchTermRead]:
    """Return one page of the words of these days, in a total order. Two queries. Searches of the last minutes are
    missing."""
    days = ((asked.from_day or FIRST_DAY).isoformat(), (asked.to_day or LAST_DAY).isoformat())
    having, order = (EMPTY_ONLY, "SUM(misses) DESC") if asked.zero else ("", "SUM(searches) DESC")
    found = f"{BY_TERM} {having}"
    total = (await fetch(f"SELECT COUNT(*) AS total FROM ({found}) t", days))[0]["total"]  # noqa: S608 - our own words
    offset = (asked.page - 1) * asked.size
    rows = await fetch(f"{found} ORDER BY {order}, term LIMIT {asked.size} OFFSET {offset}", days)
    return Page(items=[_read(row) for row in rows], total=total, page=asked.page, size=asked.size)


def _read(row: dict[str, Any]) -> SearchTermRead:
    return SearchTermRead(
        term=row["term"],
        searches=int(row["searches"]),
        misses=int(row["misses"]),
        first_day=_day(row["first_day"]),
        last_day=_day(row["last_day"]),
    )


def _day(value: date | str) -> date:
    """Convert a day, which SQLite returns as text."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).date()
    return value
