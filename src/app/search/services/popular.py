"""Popular search words: recently searched by many, and finding something."""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from src.app.product.services.search.query_counts import is_countable
from src.app.product.services.search.text import is_initials
from src.app.search.dtos.responses import PopularTerm
from src.app.search.services.counting import counts_of_hours, hour_of
from src.common import clock
from src.common.dtos.pages import Items
from src.common.http.public_cache import BytesCache, forgotten_together
from src.core.database.statements import fetch
from src.core.redis import RedisError

logger = logging.getLogger(__name__)

SHOWN: Final = 10
KNOWN: Final = 200  # words from which suggestions are selected
HOURS: Final = 24
HALF_LIFE_HOURS: Final = 6.0
FEWEST: Final = 3  # fewest searches, so that the word of one person is not shown to others
DAYS: Final = 7

OF_DAYS: Final = """
SELECT term, SUM(searches) AS searches, SUM(misses) AS misses FROM search_term WHERE day >= %s
GROUP BY term ORDER BY SUM(searches) DESC, term LIMIT %s
"""

_remembered: Final = forgotten_together(
    BytesCache(max_bytes=64 * 1024, name="popular", fresh_seconds=60.0, stale_seconds=600.0)
)


async def popular_json() -> bytes:
    """Return the SHOWN most popular words as ``{"items": [...]}``."""
    words = (await popular_terms())[:SHOWN]
    ranked = [PopularTerm(rank=rank, term=word) for rank, word in enumerate(words, start=1)]
    return Items(items=ranked).model_dump_json().encode()


async def popular_terms() -> list[str]:
    """Return at most KNOWN words: first those of the last HOURS hours, ordered by searches with a half-life of
    HALF_LIFE_HOURS, then those of the last DAYS days. About a minute old.

    Words are left out if at least half of their searches find nothing, if they have fewer than FEWEST searches, if they
    are consonants alone, or if they may be personal data.
    """
    entry = await _remembered.get("popular", _build)
    words: list[str] = json.loads(entry.body)
    return words


async def _build() -> bytes:
    words = list(dict.fromkeys([*await _lately(), *await _of_days()]))[:KNOWN]
    return json.dumps(words).encode()


async def _lately() -> list[str]:
    last = hour_of(clock.now())
    hours = range(last - HOURS + 1, last + 1)
    try:
        plain = await counts_of_hours(hours, most=KNOWN)
        weighed = await counts_of_hours(hours, half_life=HALF_LIFE_HOURS, most=KNOWN)
    except (RedisError, OSError) as error:
        logger.info("popular words of the last days only: %s", type(error).__name__)
        return []
    return sorted(_fit(plain), key=lambda word: (-weighed[word][0], word))


async def _of_days() -> list[str]:
    first = clock.now().astimezone(clock.KST).date() - timedelta(days=DAYS - 1)
    rows = await fetch(OF_DAYS, (first.isoformat(), KNOWN))
    return _fit({row["term"]: (float(row["searches"]), float(row["misses"])) for row in rows})


def _fit(counts: Mapping[str, tuple[float, float]]) -> list[str]:
    return [
        word
        for word, (searches, empty) in counts.items()
        if searches >= FEWEST and empty * 2 < searches and is_countable(word) and not is_initials("".join(word.split()))
    ]
