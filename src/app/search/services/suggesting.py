"""Suggestions for a text that is being typed."""

from src.app.category.services import tree
from src.app.product.dtos.requests import ProductQuery
from src.app.product.services.search import listing
from src.app.product.services.search.text import folded, initials_of, is_initials, words_of
from src.app.product.services.search.words import half_typed, synonyms
from src.app.product.services.search.words.finding import meanings
from src.app.product.services.search.words.synonyms import Synonyms
from src.app.search.dtos.requests import SuggestQuery
from src.app.search.dtos.responses import SuggestedCategory, SuggestedProduct, Suggestions
from src.app.search.services.fruitful import first_fruitful, with_products
from src.app.search.services.popular import popular_terms

PRODUCTS, CATEGORIES, TERMS = 5, 5, 8
TRIES = 12  # popular words that are checked for results


async def suggestions_json(query: SuggestQuery) -> bytes:
    """Return products, categories and popular words that match the text, as JSON. Products are ordered by popularity.
    Words that begin with the text come first, then by popularity. Categories and words without products are left
    out."""
    page = await listing.page_of(ProductQuery(q=query.q, sort="popular", size=PRODUCTS))
    nodes = await tree.load()
    texts = _Texts(query.q, await synonyms.current())
    categories = [node for node in nodes if texts.are_in(node.name)]
    terms = sorted(
        (word for word in await popular_terms() if texts.are_in(word)), key=lambda word: not texts.begin(word)
    )
    shown = Suggestions(
        products=[SuggestedProduct.model_validate(card.model_dump()) for card in page.items],
        categories=[
            SuggestedCategory(id=node.id, name=node.name, slug=node.slug)
            for node in (await with_products(categories, nodes) if categories else [])[:CATEGORIES]
        ],
        terms=await first_fruitful(terms, most=TERMS, tries=TRIES),
        did_you_mean=None,
    )
    if not (shown.products or shown.categories or shown.terms):
        shown.did_you_mean = page.did_you_mean
    return shown.model_dump_json().encode()


class _Texts:
    """The possible meanings of a typed text: itself, its other readings, synonyms and half-typed forms."""

    def __init__(self, text: str, known: Synonyms) -> None:
        self._texts = [folded(one) for one in (text, *meanings(text))]
        own = words_of(text)
        for alternatives in known.meant(own) if own else ():
            if "".join(alternatives[0]) == self._texts[0]:
                self._texts += ["".join(words) for words in alternatives[1:]]
        self._stems = [stem for one in self._texts for stem in half_typed.stems_of(one)]

    def are_in(self, name: str) -> bool:
        """Return whether the name contains one of the meanings, whole or half-typed."""
        word = folded(name)
        held = any(text and text in (initials_of(word) if is_initials(text) else word) for text in self._texts)
        return held or half_typed.may_become(word, self._stems)

    def begin(self, name: str) -> bool:
        """Return whether the name begins with the typed text."""
        return folded(name).startswith(self._texts[0])
