"""Select the words and categories that find products, so that no empty suggestion is offered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from src.app.category.services.tree import Node, subtree
from src.app.product.dtos.requests import ProductQuery, one_form
from src.app.product.services.search import bitsets, id_sets
from src.app.product.services.search.bitsets import Bits
from src.app.product.services.search.words.finding import found_by
from src.common.http.public_cache import BytesCache, forgotten_together

# Cleared with every change of the catalogue.
_remembered: Final = forgotten_together(
    BytesCache(max_bytes=512 * 1024, name="fruitful", fresh_seconds=60.0, stale_seconds=600.0)
)


async def first_fruitful(words: Iterable[str], *, most: int, tries: int) -> list[str]:
    """Return the first `most` words that find products for sale, among the first `tries` words."""
    found: list[str] = []
    for _, word in zip(range(tries), words, strict=False):
        if await _finds(one_form(word)):
            found.append(word)
        if len(found) == most:
            break
    return found


async def with_products(found: Iterable[Node], nodes: Sequence[Node]) -> list[Node]:
    """Return the categories in `found` whose subtree has a product for sale. No query if the id sets are cached."""
    of_category = await id_sets.every(id_sets.CATEGORY)
    shown = await id_sets.named(id_sets.FOR_SALE)
    return [node for node in found if bitsets.count(bitsets.both([shown, _below(node, nodes, of_category)]))]


def _below(node: Node, nodes: Sequence[Node], of_category: Mapping[str, Bits]) -> Bits:
    return bitsets.either(of_category.get(str(id_), bitsets.NOTHING) for id_ in subtree(nodes, node.id))


async def _finds(word: str) -> bool:
    async def build() -> bytes:
        return b"1" if (await found_by(ProductQuery(q=word), [])).total else b""

    return (await _remembered.get(word, build)).body == b"1"
