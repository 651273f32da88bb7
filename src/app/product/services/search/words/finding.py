"""Which products a question finds: by its own words, else by what it may have meant."""

from collections.abc import AsyncIterator, Sequence

from src.app.category.services.tree import Node
from src.app.product.dtos.requests import ProductQuery
from src.app.product.services.search import keyboard
from src.app.product.services.search import text as search_text
from src.app.product.services.search.filters import Word, matching
from src.app.product.services.search.plans import Plan, filters_of, plan_of
from src.app.product.services.search.words import half_typed, synonyms


async def found_by(query: ProductQuery, nodes: Sequence[Node]) -> Plan:
    """What the query finds. Where its words and their synonyms find nothing: what it finds without its signs, with its
    jamo composed, with the keys of the other language, or with its last word as it may become, whichever of these is
    the first to find something."""
    first = await plan_of(matching(query, nodes, await _meant(query.q)), key=filters_of(query))
    if first.total or not query.q:
        return first
    for question in meanings(query.q):
        other = query.model_copy(update={"q": question})
        plan = await plan_of(matching(other, nodes, await _meant(question)), key=filters_of(other))
        if plan.total:
            return plan
    return await _half_typed(query, nodes) or first


def meanings(question: str) -> list[str]:
    """The question without signs, composed, and in the other language's keys, as far as these are others."""
    plain = " ".join(search_text.words_of(question))
    found = (search_text.without_signs(question), keyboard.composed(plain), keyboard.retyped(plain))
    return [text for text in dict.fromkeys(found) if text and text != plain]


async def _half_typed(query: ProductQuery, nodes: Sequence[Node]) -> Plan | None:
    """What the query finds with its last word as it may become; None where that is nothing."""
    for question in (query.q or "", *meanings(query.q or "")):
        async for words in _completed(question):
            key = (filters_of(query), tuple(words))
            plan = await plan_of(matching(query, nodes, words), key=key)
            if plan.total:
                return plan
    return None


async def _meant(question: str | None) -> list[Word] | None:
    return None if question is None else (await synonyms.current()).meant(search_text.words_of(question))


async def _completed(question: str) -> AsyncIterator[list[Word]]:
    """The words of the question with the last one as the index, or a synonym, may have it."""
    *others, last = search_text.words_of(question) or [""]
    stems = half_typed.stems_of(last)
    if not stems:
        return
    known = await synonyms.current()
    ends: list[tuple[str, ...]] = [(word,) for word in await half_typed.completions(last)]
    for term in known.beginning(lambda word: half_typed.may_become(word, stems)):
        ends += [words for words in known.meant([term])[0] if words not in ends]
    if ends:
        yield [*known.meant(others), tuple(ends)]
