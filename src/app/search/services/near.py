"""Help with typing errors."""

import difflib
import unicodedata
from collections.abc import Sequence
from typing import Final

from src.app.category.services import tree
from src.app.product.services.search_text import folded
from src.app.search.services.popular import popular_terms

NEAR: Final = 0.7


async def near_word(text: str) -> str | None:
    """The popular word or category that is nearest to a text that finds nothing. One query, two more where the popular
    words are not in memory."""
    return nearest(text, [*await popular_terms(), *(node.name for node in await tree.load())])


def nearest(text: str, words: Sequence[str]) -> str | None:
    """The nearest of these words, letter by letter inside the syllables; None where none is near, and where the text is
    one of them: then it is no typing error."""
    known = {_letters(word): word for word in words}
    found = difflib.get_close_matches(_letters(text), list(known), n=1, cutoff=NEAR)
    return known[found[0]] if found and found[0] != _letters(text) else None


def _letters(text: str) -> str:
    return unicodedata.normalize("NFD", folded(text))
