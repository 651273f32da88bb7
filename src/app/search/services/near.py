"""Help with typing errors."""

import difflib
import unicodedata
from collections.abc import Sequence
from typing import Final

from src.app.category.services import tree
from src.app.product.services.search.text import folded
from src.app.search.services.popular import popular_terms

NEAR: Final = 0.7
MOST: Final = 3  # each is tried before it is offered


async def near_words(text: str) -> list[str]:
    """The popular words and categories that are nearest to a text that finds nothing. One query, two more where the
    popular words are not in memory."""
    return nearest(text, [*await popular_terms(), *(node.name for node in await tree.load())])


def nearest(text: str, words: Sequence[str]) -> list[str]:
    """The MOST nearest of these words, letter by letter inside the syllables; none where none is near, and where the
    text is one of them: then it is no typing error."""
    known = {_letters(word): word for word in words}
    asked = _letters(text)
    if asked in known:
        return []
    return [known[found] for found in difflib.get_close_matches(asked, list(known), n=MOST, cutoff=NEAR)]


def _letters(text: str) -> str:
    return unicodedata.normalize("NFD", folded(text))
