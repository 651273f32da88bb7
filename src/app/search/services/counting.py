"""Move search counts from the workers' memory to Redis (by hour), and from Redis to the database (by day)."""

import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from src.app.product.services.search import query_counts
from src.app.search.models import SearchTerm
from src.common import clock
from src.core.database import unit_of_work
from src.core.redis import RedisError, redis

logger = logging.getLogger(__name__)

HOUR: Final = 3600
KEPT_SECONDS: Final = 50 * HOUR  # `store` has written a day completely long before its hours expire
MOST_PER_HOUR: Final = 5_000
MOST_PER_DAY: Final = 2_000
KEPT_DAYS: Final = 400

Counts = Mapping[str, tuple[int, int]]


def hour_of(moment: datetime) -> int:
    """Return the number of the hour since the Unix epoch. A Korean day begins at the start of an hour."""
    return int(moment.timestamp()) // HOUR


def keys_of(hour: int) -> tuple[str, str]:
    """Return the keys of an hour's sorted sets: all searches by word, and searches that found nothing by word."""
    return f"searches:{hour}", f"searches:empty:{hour}"


async def flush() -> int:
    """Add this worker's counts to the present hour in Redis. Returns the number of words. If Redis is unavailable, the
    worker keeps its counts and returns 0."""
    taken = query_counts.take()
    if not taken:
        return 0
    all_key, empty_key = keys_of(hour_of(clock.now()))
    try:
        async with redis().pipeline(transaction=True) as batch:
            for word, (searches, empty) in taken.items():
                batch.zincrby(all_key, searches, word)
                if empty:
                    batch.zincrby(empty_key, empty, word)
            for key in (all_key, empty_key):
                batch.zremrangebyrank(key, 0, -MOST_PER_HOUR - 1)
                batch.expire(key, KEPT_SECONDS)
            await batch.execute()
    except (RedisError, OSError) as error:
        query_counts.put_back(taken)
        logger.warning("searches are counted later: %s", type(error).__name__)
        return 0
    return len(taken)


async def store() -> int:
    """Write yesterday's and today's counts to the database, and delete days older than KEPT_DAYS. Returns the number of
    changed rows. Counts are set instead of added, and only grow, so a repeat or an interrupted run is harmless."""
    today = clock.now().astimezone(clock.KST).date()
    changed = 0
    for day in (today - timedelta(days=1), today):
        counts = await counts_of_day(day)
        changed += await unit_of_work(_Store(day, counts))
    await SearchTerm.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()
    return changed


async def counts_of_day(day: date) -> Counts:
    """Return the MOST_PER_DAY most searched words of a Korean day with their counts in Redis."""
    first = hour_of(clock.korean_day(day)[0])
    counts = await counts_of_hours(range(first, first + 24))
    most = sorted(counts, key=lambda word: (-counts[word][0], word))[:MOST_PER_DAY]
    return {word: (round(counts[word][0]), round(counts[word][1])) for word in most}


async def counts_of_hours(
    hours: range, *, half_life: float | None = None, most: int = MOST_PER_HOUR
) -> dict[str, tuple[float, float]]:
    """Return (searches, empty ones) by word over these hours, from the `most` frequent words of each hour. With a
    `half_life` in hours, a search that is one half-life older than the last hour counts half."""
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    async with redis().pipeline(transaction=False) as batch:
        for hour in hours:
            for key in keys_of(hour):
                batch.zrevrange(key, 0, most - 1, withscores=True)
        answers = await batch.execute()
    for number, rows in enumerate(answers):
        age = len(hours) - 1 - number // 2
        weight = 1.0 if half_life is None else 0.5 ** (age / half_life)
        for word, count in rows:
            sums[word][number % 2] += float(count) * weight
    return {word: (searches, empty) for word, (searches, empty) in sums.items()}


class _Store:
    """The transaction that writes one day."""

    def __init__(self, day: date, counts: Counts) -> None:
        self._day, self._counts = day, counts

    async def __call__(self) -> int:
        rows = {row.term: row for row in await SearchTerm.filter(day=self._day).select_for_update()}
        new, grown = [], []
        for word, (searches, empty) in self._counts.items():
            row = rows.get(word)
            if row is None:
                new.append(SearchTerm(day=self._day, term=word, searches=searches, misses=empty))
            elif searches > row.searches or empty > row.misses:
                row.searches, row.misses = max(searches, row.searches), max(empty, row.misses)
                grown.append(row)
        await SearchTerm.bulk_create(new, batch_size=500)
        for row in grown:
            await row.save(update_fields=["searches", "misses"])
        return len(new) + len(grown)
