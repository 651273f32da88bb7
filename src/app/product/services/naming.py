"""Unique codes, slugs (addresses) and SKUs of products.

``GET /products/{ref}`` looks for a code first, then for a slug. A code must therefore not equal another product's slug,
because it would hide that product's page.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Final

from src.app.product.errors import ProductCodeTaken, SkuTaken, SlugTaken
from src.app.product.models import Product, Variant

# Lengths of the columns. Tortoise raises an error for a filter with a longer value.
LONGEST_CODE: Final = 40
LONGEST_SLUG: Final = 120
LONGEST_BASE: Final = 100  # leaves room for a number after it


def slug_of(name: str) -> str:
    """Make a slug from a name: letters of any script and digits, joined by hyphens. It always contains a letter, so it
    is never read as an id."""
    letters = (letter if letter.isalnum() else " " for letter in unicodedata.normalize("NFKC", name).casefold())
    base = "-".join("".join(letters).split())[:LONGEST_BASE].rstrip("-")
    return base if any(letter.isalpha() for letter in base) else f"product-{base}".rstrip("-")


async def free_slug(name: str, *, beside: int | None = None) -> str:
    """Return `slug_of` the name, with the lowest number after it that makes it unused, if needed. Product `beside` is
    ignored."""
    base = slug_of(name)
    # Reads all numbered forms at once. The unique key decides; the caller tries again if another took the slug first.
    alike = Product.filter(slug__startswith=base)
    if beside is not None:
        alike = alike.exclude(id=beside)
    codes = Product.filter(product_code__istartswith=base)
    taken = {row["slug"] for row in await alike.values("slug")}
    taken |= {row["product_code"] for row in await codes.values("product_code")}
    return next(slug for slug in (base if n == 1 else f"{base}-{n}" for n in count(1)) if slug not in taken)


async def refuse_taken(*, product_code: str | None, slug: str | None, beside: int = 0) -> None:
    """Raise ProductCodeTaken or SlugTaken if a product other than `beside` has the code or the slug as its code or its
    slug."""
    for word, error in ((product_code, ProductCodeTaken), (slug, SlugTaken)):
        if word is None:
            continue
        others = Product.exclude(id=beside)
        is_code = len(word) <= LONGEST_CODE and await others.filter(product_code=word).exists()
        if is_code or await others.filter(slug=word).exists():
            raise error


async def refuse_taken_skus(skus: Sequence[str], *, own: Iterable[int] = ()) -> None:
    """Raise SkuTaken with the SKUs that variants other than `own` have."""
    if skus:
        held = await Variant.filter(sku__in=sorted(skus)).exclude(id__in=[0, *own]).values_list("sku", flat=True)
        if held:
            raise SkuTaken(skus=sorted(str(sku) for sku in held))


async def free_skus(product_code: str, wanted: int, *, beside: Sequence[str] = ()) -> list[str]:
    """Return `wanted` unused SKUs of the form ``<code>-001``. SKUs in `beside`, which the same request gives, count as
    used."""
    held = await Variant.filter(sku__startswith=f"{product_code}-").values("sku")
    taken = {row["sku"] for row in held} | set(beside)
    numbered = (f"{product_code}-{n:03d}" for n in count(1))
    free = (sku for sku in numbered if sku not in taken)
    return [next(free) for _ in range(wanted)]


async def codes_and_names(product_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return code and name of these products by id, archived ones too. Unknown ids are missing. One query."""
    rows = await Product.filter(id__in=list(product_ids)).values_list("id", "product_code", "name")
    return {product_id: (code, name) for product_id, code, name in rows}


def aside(name: str, row_id: int) -> str:
    """Return the name of a colour or size while another row has its name: unique, and convertible by `as_sold`."""
    return f"{as_sold(name, row_id)}{_mark(row_id)}"


def as_sold(name: str, row_id: int) -> str:
    """Return the name under which this colour or size was sold, without the mark of `aside`."""
    return name.removesuffix(_mark(row_id))


def _mark(row_id: int) -> str:
    return f" ~{row_id}"
