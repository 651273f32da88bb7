"""What to offer while somebody types."""

import difflib
import unicodedata
from collections.abc import Sequence
from typing import Final

from src.app.category.services import tree
from src.app.category.services.tree import Node
from src.app.product.dtos.requests import ProductQuery
from src.app.product.services import keyboard, listing
from src.app.product.services.search_text import folded, initials_of, is_initials
from src.app.search.dtos.requests import SuggestQuery
from src.app.search.dtos.responses import SuggestedCategory, SuggestedProduct, Suggestions
from src.app.search.services.popular import popular_terms

PRODUCTS, CATEGORIES, TERMS = 5, 5, 8
NEAR: Final = 0.7


async def suggestions_json(query: SuggestQuery) -> bytes:
    """Products, categories and popular words that the text finds, the most popular first. Eleven queries at most."""
    page = await listing.page_of(ProductQuery(q=query.q, sort="popular", size=PRODUCTS))
    nodes = await tree.load()
    popular = await popular_terms()
    texts = [folded(text) for text in (query.q, keyboard.retyped(query.q) or "") if text]
    categories = [node for node in nodes if any(_holds(node.name, text) for text in texts)][:CATEGORIES]
    terms = sorted(
        (word for word in popular if any(_holds(word, text) for text in texts)),
        key=lambda word: not folded(word).startswith(texts[0]),
    )[:TERMS]
    nothing = not (page.items or categories or terms)
    return (
        Suggestions(
            products=[SuggestedProduct.model_validate(card.model_dump()) for card in page.items],
            categories=[SuggestedCategory(id=node.id, name=node.name, slug=node.slug) for node in categories],
            terms=terms,
            did_you_mean=_near(texts[0], nodes, popular) if nothing else None,
        )
        .model_dump_json()
        .encode()
    )


def _holds(name: str, text: str) -> bool:
    word = folded(name)
    return text in (initials_of(word) if is_initials(text) else word)


def _near(text: str, nodes: Sequence[Node], popular: Sequence[str]) -> str | None:
    """The known word that is nearest, letter by letter inside the syllables."""
    known = {unicodedata.normalize("NFD", folded(name)): name for name in [*popular, *(node.name for node in nodes)]}
    found = difflib.get_close_matches(unicodedata.normalize("NFD", text), list(known), n=1, cutoff=NEAR)
    return known[found[0]] if found else None
