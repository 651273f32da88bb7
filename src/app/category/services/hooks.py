"""Extension points that the product domain implements; `bootstrap.hooks` registers them. Registering again replaces."""

from typing import Protocol


class ProductCounts(Protocol):
    """Numbers of products in categories, whatever their status."""

    async def direct_counts(self) -> dict[int, int]:
        """Return the products directly in each category, by category id; empty categories are missing. One query."""
        ...

    async def subtree_counts(self) -> dict[int, int]:
        """Return the products in each category or anywhere below it, each once; empty ones are missing. One query."""
        ...

    async def count_in(self, category_id: int) -> int:
        """Return the products directly in one category."""
        ...


_product_counts: ProductCounts | None = None


def register_product_counts(counts: ProductCounts) -> None:
    """Set the product domain's answer."""
    global _product_counts  # noqa: PLW0603 - the one place that keeps it
    _product_counts = counts


def product_counts() -> ProductCounts:
    """Return the registered `ProductCounts`. Raises RuntimeError if there is none."""
    if _product_counts is None:
        raise RuntimeError("register_product_counts was not called")
    return _product_counts
