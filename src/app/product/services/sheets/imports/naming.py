"""Generate slugs and SKUs for many new products at once. See `product.services.naming` for their form."""

from collections import Counter
from collections.abc import Sequence
from itertools import count
from typing import Final

from src.app.product.services import naming
from src.app.product.services.sheets.imports.current_state import taken_skus, taken_words
from src.app.product.services.sheets.imports.plans import ProductPlan

TRIED: Final = 3


class Names:
    """Generates missing slugs and SKUs. It remembers the last number of each name, so that a thousand products of one
    name do not need a thousand searches. The unique keys decide."""

    def __init__(self) -> None:
        self._reached: dict[str, int] = {}

    async def complete(self, plans: Sequence[ProductPlan]) -> None:
        """Set a slug for every new product and a SKU for every new size that has none. Four queries, more if many
        numbers of a name are taken."""
        await self._slugs([plan for plan in plans if plan.present is None])
        await _skus(plans)

    async def _slugs(self, plans: Sequence[ProductPlan]) -> None:
        own = {plan.columns["slug"] for plan in plans if "slug" in plan.columns} | {plan.wish.code for plan in plans}
        nameless = [plan for plan in plans if "slug" not in plan.columns]
        bases = {plan.wish.code: naming.slug_of(plan.columns["name"]) for plan in nameless}
        wanted = Counter(bases.values())
        candidates = {base: self._next(base, count_ + TRIED) for base, count_ in wanted.items()}
        tried = [slug for slugs in candidates.values() for slug in slugs]
        taken = own | set(await taken_words(tried))
        for plan in nameless:
            base = bases[plan.wish.code]
            slug = next((one for one in candidates[base] if one not in taken), "") or await _crowded(base, taken)
            plan.slug = slug
            taken.add(slug)
            self._reached[base] = _number_of(slug, base)

    def _next(self, base: str, wanted: int) -> list[str]:
        start = self._reached.get(base, 1)
        return [_numbered(base, number) for number in range(start, start + wanted)]


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def _number_of(slug: str, base: str) -> int:
    return int(slug.removeprefix(base).removeprefix("-") or 1)


async def _crowded(base: str, taken: set[str]) -> str:
    """Return the first unused slug if all tried numbers are taken."""
    first = _number_of(await naming.free_slug(base), base)
    return next(slug for n in count(first) if (slug := _numbered(base, n)) not in taken)


async def _skus(plans: Sequence[ProductPlan]) -> None:
    missing = {plan.wish.code: [size for size in plan.sizes if not size.sku] for plan in plans}
    given = {size.sku for plan in plans for size in plan.sizes if size.sku}
    tried = [
        f"{code}-{number:03d}" for code, sizes in missing.items() if sizes for number in range(1, len(sizes) + TRIED)
    ]
    taken = given | set(await taken_skus(tried))
    for code, sizes in missing.items():
        numbered = (f"{code}-{number:03d}" for number in range(1, len(sizes) + TRIED))
        free = [sku for sku in numbered if sku not in taken]
        if len(free) < len(sizes):
            free = await naming.free_skus(code, len(sizes), beside=sorted(taken))
        for size, sku in zip(sizes, free, strict=False):
            size.sku = sku
            taken.add(sku)
