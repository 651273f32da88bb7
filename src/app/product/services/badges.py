"""Hook for the promotions that a product is in. A higher domain registers the function that returns them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

Promoted = Callable[[Sequence[int]], Awaitable[Mapping[int, set[str]]]]

_promoted: Promoted | None = None


def register_promoted(promoted: Promoted | None) -> None:
    """Set the function for `promoted_now`; None means no promotions. A second call replaces the first."""
    global _promoted  # noqa: PLW0603 - the one place that keeps it
    _promoted = promoted


async def promoted_now(product_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """Return the codes of the promotions that now show each of these products, by product id. Products in none are
    missing."""
    return {} if _promoted is None else await _promoted(product_ids)
