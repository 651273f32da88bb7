"""What to offer while somebody types."""

from src.app.category.services import tree
from src.app.product.dtos.requests import ProductQuery
from src.app.product.services import keyboard, listing
from src.app.product.services.search_text import folded, initials_of, is_initials
from src.app.search.dtos.requests import SuggestQuery
from src.app.search.dtos.responses import SuggestedCategory, SuggestedProduct, Suggestions
from src.app.search.services.popular import popular_terms

PRODUCTS, CATEGORIES, TERMS = 5, 5, 8


async def suggestions_json(query: SuggestQuery) -> bytes:
    """Products, categories and popular words that the text finds, the most popular first. Twelve queries at most."""
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
            did_you_mean=page.did_you_mean if nothing else None,
        )
        .model_dump_json()
        .encode()
    )


def _holds(name: str, text: str) -> bool:
    word = folded(name)
    return text in (initials_of(word) if is_initials(text) else word)
