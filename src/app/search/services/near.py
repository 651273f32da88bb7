"""Suggest known words for a text with a typing error."""

import difflib
import unicodedata
from collections.abc import Sequence
from typing import Final

from src.app.category.services import tree
from src.app.product.services.search.text import folded
from src.app.search.services.popular import popular_terms

NEAR: Final = 0.7
MOST: Final = 3  # words to return: each costs a search before it is offered


async def near_words(text: str) -> list[str]:
    """Return the popular words and category names nearest to a text that finds nothing. One query, and one more and two
    round trips to Redis if the popular words are not cached."""
    return nearest(text, [*await popular_terms(), *(node.name for node in await tree.load())])


def nearest(text: str, words: Sequence[str]) -> list[str]:
    """Return the MOST nearest of these words, compared by the jamo of their syllables. Empty if none is near, or if the
    text is one of the words and therefore no typing error."""
    known = {_letters(word): word for word in words}
    asked = _letters(text)
    if asked in known:
        return []
    return [known[found] for found in difflib.get_close_matches(asked, list(known), n=MOST, cutoff=NEAR)]


def _letters(text: str) -> str:
    return unicodedata.normalize("NFD", folded(text))
