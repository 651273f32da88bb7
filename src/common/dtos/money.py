"""Amounts in whole won: the field type, splitting an amount without a rest, and product discounts."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

MAX_WON = 1_000_000_000
Won = Annotated[int, Field(strict=True, ge=0, le=MAX_WON)]


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Split `amount` won by weight with the largest remainder method; the parts add up to it.

    Equal remainders go to the earlier part. All weights 0 count as equal. Raises ValueError for a negative amount or
    weight, or for no weights at all.
    """
    if amount < 0 or not weights or any(weight < 0 for weight in weights):
        raise ValueError("spread needs an amount and weights of at least 0")
    total = sum(weights)
    if total == 0:
        weights, total = [1] * len(weights), len(weights)
    parts = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return parts


def discounted(origin_price: int, *, option: str | None, value: int) -> int:
    """Price after a product's own discount, in won.

    ``percent`` takes value percent off and cuts the price down to whole 10 won; ``amount`` takes value won off.
    Never below 0.
    """
    if option == "percent":
        return max(0, origin_price * (100 - value) // 100 // 10 * 10)
    if option == "amount":
        return max(0, origin_price - value)
    return origin_price
