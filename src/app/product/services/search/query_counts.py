"""Words that were searched for, counted in this worker's memory until `services` of the search domain take them.

Counting is one addition to a dictionary, also for answers from the cache. No word is kept that may be somebody's:
addresses, telephone, card and order numbers are dropped before they are counted, and nothing says who searched.
"""

import re
from typing import Final

from src.app.product.dtos.requests import ProductQuery
from src.common.http.public_cache import Entry

MOST_WORDS: Final = 2_000
LONGEST_WORD: Final = 40
PERSONAL_DIGITS: Final = 9  # telephone numbers have 9 at least, product codes 8
ORDER_NO: Final = re.compile(r"\d{8}-")
NOTHING_FOUND: Final = b'{"items":[],"total":0,'

_counts: dict[str, tuple[int, int]] = {}


def note(query: ProductQuery, entry: Entry) -> None:
    """Count one search, by its first page. It found nothing where nothing but the word was asked for and the answer is
    empty. A worker that holds MOST_WORDS already drops new ones."""
    word = query.q
    if word is None or not is_countable(word):
        return
    searches, empty = _counts.get(word, (0, 0))
    if searches or len(_counts) < MOST_WORDS:
        _counts[word] = searches + 1, empty + (_is_plain(query) and entry.body.startswith(NOTHING_FOUND))


def take() -> dict[str, tuple[int, int]]:
    """What was counted since the last call, as (searches, of them empty) by word. It counts from nothing again."""
    taken = dict(_counts)
    _counts.clear()
    return taken


def put_back(taken: dict[str, tuple[int, int]]) -> None:
    """Count again what could not be written."""
    for word, (searches, empty) in taken.items():
        before = _counts.get(word, (0, 0))
        if before[0] or len(_counts) < MOST_WORDS:
            _counts[word] = before[0] + searches, before[1] + empty


def is_countable(word: str) -> bool:
    """Whether a word may be counted, and so shown to others."""
    digits = sum(letter.isdigit() for letter in word)
    return len(word) <= LONGEST_WORD and "@" not in word and digits < PERSONAL_DIGITS and not ORDER_NO.search(word)


def _is_plain(query: ProductQuery) -> bool:
    return query.model_fields_set <= {"q", "page", "size", "sort", "facets"}
