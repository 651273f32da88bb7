"""Codes, addresses (slugs) and SKUs: unique, and none hides another product's page.

``GET /products/{ref}`` takes a code first, then a slug: a code that equals another product's slug would hide it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Final

from src.app.product.errors import ProductCodeTaken, SkuTaken, SlugTaken
from src.app.product.models import Product, Variant

# The columns: the mapper refuses to look for a longer one.
LONGEST_CODE: Final = 40
LONGEST_SLUG: Final = 120
LONGEST_BASE: Final = 100  # leaves room for a number behind it


def slug_of(name: str) -> str:
    """An address from a name: letters of any script and digits, hyphens between. Holds a letter in any case."""
    letters = (letter if letter.isalnum() else " " for letter in unicodedata.normalize("NFKC", name).casefold())
    base = "-".join("".join(letters).split())[:LONGEST_BASE].rstrip("-")
    return base if any(letter.isalpha() for letter in base) else f"product-{base}".rstrip("-")


async def free_slug(name: str, *, beside: int | None = None) -> str:
    """`slug_of` the name, with the first number behind it that makes it free (product `beside` does not count)."""
    base = slug_of(name)
    # Most of a numbered family in one read; the unique key decides, and the caller asks again when it lost.
    alike = Product.filter(slug__startswith=base)
    if beside is not None:
        alike = alike.exclude(id=beside)
    codes = Product.filter(product_code__istartswith=base)
    taken = {row["slug"] for row in await alike.values("slug")}
    taken |= {row["product_code"] for row in await codes.values("product_code")}
    return next(slug for slug in (base if n == 1 else f"{base}-{n}" for n in count(1)) if slug not in taken)


async def refuse_taken(*, product_code: str | None, slug: str | None, beside: int = 0) -> None:
    """Raise ProductCodeTaken or SlugTaken where another product than `beside` has the code or slug, as either."""
    for word, error in ((product_code, ProductCodeTaken), (slug, SlugTaken)):
        if word is None:
            continue
        others = Product.exclude(id=beside)
        is_code = len(word) <= LONGEST_CODE and await others.filter(product_code=word).exists()
        if is_code or await others.filter(slug=word).exists():
            raise error


async def refuse_taken_skus(skus: Sequence[str], *, own: Iterable[int] = ()) -> None:
    """Raise SkuTaken naming those that other variants than `own` have."""
    if skus:
        held = await Variant.filter(sku__in=sorted(skus)).exclude(id__in=[0, *own]).values_list("sku", flat=True)
        if held:
            raise SkuTaken(skus=sorted(str(sku) for sku in held))


async def free_skus(product_code: str, wanted: int, *, beside: Sequence[str] = ()) -> list[str]:
    """So many SKUs ``<code>-001`` that nobody has, not even `beside` (those given in the same request)."""
    held = await Variant.filter(sku__startswith=f"{product_code}-").values("sku")
    taken = {row["sku"] for row in held} | set(beside)
    numbered = (f"{product_code}-{n:03d}" for n in count(1))
    free = (sku for sku in numbered if sku not in taken)
    return [next(free) for _ in range(wanted)]


def aside(name: str, row_id: int) -> str:
    """What a colour or size is called while another has its name: unique, and its own name is still in it."""
    return f"{as_sold(name, row_id)}{_mark(row_id)}"


def as_sold(name: str, row_id: int) -> str:
    """The name under which this colour or size was sold."""
    return name.removesuffix(_mark(row_id))


def _mark(row_id: int) -> str:
    return f" ~{row_id}"
