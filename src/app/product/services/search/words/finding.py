"""Find products by the words of a question, else by other readings of it."""

from collections.abc import AsyncIterator, Sequence

from src.app.category.services.tree import Node
from src.app.product.dtos.requests import ProductQuery
from src.app.product.services.search import keyboard
from src.app.product.services.search import text as search_text
from src.app.product.services.search.filters import Word, matching
from src.app.product.services.search.plans import Plan, filters_of, plan_of
from src.app.product.services.search.words import half_typed, synonyms


async def found_by(query: ProductQuery, nodes: Sequence[Node]) -> Plan:
    """Return the plan of the query. If its words and their synonyms find nothing, try these readings in turn until one
    finds something: without signs, with its jamo composed, by the keys of the other language, and with completions of
    the half-typed last word."""
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
    """Return the question without signs, composed, and by the other language's keys, as far as these differ from it."""
    plain = " ".join(search_text.words_of(question))
    found = (search_text.without_signs(question), keyboard.composed(plain), keyboard.retyped(plain))
    return [text for text in dict.fromkeys(found) if text and text != plain]


async def _half_typed(query: ProductQuery, nodes: Sequence[Node]) -> Plan | None:
    """Return the plan of the query with its last word completed; None if that finds nothing."""
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
    """Yield the words of the question with the last one completed from the index and the synonyms; at most once."""
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
