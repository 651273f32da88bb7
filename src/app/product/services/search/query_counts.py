"""Count searched words in this worker's memory until the search domain's `counting` takes them.

Counting is one addition to a dictionary, also for answers from the cache. Personal data is not kept: words with mail
addresses, telephone, card or order numbers are dropped before counting, and no searcher is recorded.
"""

import re
from typing import Final

from src.app.product.dtos.requests import ProductQuery
from src.common.http.public_cache import Entry

MOST_WORDS: Final = 2_000
LONGEST_WORD: Final = 40
PERSONAL_DIGITS: Final = 9  # telephone numbers have at least 9 digits, product codes have 8
ORDER_NO: Final = re.compile(r"\d{8}-")
NOTHING_FOUND: Final = b'{"items":[],"total":0,'

_counts: dict[str, tuple[int, int]] = {}


def note(query: ProductQuery, entry: Entry) -> None:
    """Count one search; call it for the first page only. The search counts as empty if the query has no filter but the
    word and the answer has no products. A worker that holds MOST_WORDS words drops new ones."""
    word = query.q
    if word is None or not is_countable(word):
        return
    searches, empty = _counts.get(word, (0, 0))
    if searches or len(_counts) < MOST_WORDS:
        _counts[word] = searches + 1, empty + (_is_plain(query) and entry.body.startswith(NOTHING_FOUND))


def take() -> dict[str, tuple[int, int]]:
    """Return the counts since the last call, as (searches, empty ones among them) by word, and reset them."""
    taken = dict(_counts)
    _counts.clear()
    return taken


def put_back(taken: dict[str, tuple[int, int]]) -> None:
    """Add counts back that could not be written."""
    for word, (searches, empty) in taken.items():
        before = _counts.get(word, (0, 0))
        if before[0] or len(_counts) < MOST_WORDS:
            _counts[word] = before[0] + searches, before[1] + empty


def is_countable(word: str) -> bool:
    """Return whether a word may be counted, and thereby shown to others."""
    digits = sum(letter.isdigit() for letter in word)
    return len(word) <= LONGEST_WORD and "@" not in word and digits < PERSONAL_DIGITS and not ORDER_NO.search(word)


def _is_plain(query: ProductQuery) -> bool:
    return query.model_fields_set <= {"q", "page", "size", "sort", "facets"}
