"""Which promotions a product is in: known by a domain above this one, which registers its answer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

Promoted = Callable[[Sequence[int]], Awaitable[Mapping[int, set[str]]]]

_promoted: Promoted | None = None


def register_promoted(promoted: Promoted | None) -> None:
    """None: no product is in any promotion. Registering again replaces."""
    global _promoted  # noqa: PLW0603 - the one place that keeps it
    _promoted = promoted


async def promoted_now(product_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """Codes of the promotions that show each of these products now; products in none are missing."""
    return {} if _promoted is None else await _promoted(product_ids)
