"""What is still due for orders, told by the domains that owe it or wait for it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

Dues = Callable[[Sequence[int]], Awaitable[dict[int, int]]]
"""Returns by order id the won that are due to the buyer, or below 0 from the buyer. Orders without are left out."""

_dues: dict[str, Dues] = {}


@dataclass(frozen=True, slots=True)
class Due:
    """Won that are due to the buyer of an order, and from the buyer."""

    to_buyer: int = 0
    from_buyer: int = 0


def register_dues(name: str, dues: Dues) -> None:
    """Add a function that tells what is due. Registering a name again replaces it."""
    _dues[name] = dues


async def dues_of(order_ids: Sequence[int]) -> dict[int, Due]:
    """Return what is due of each of these orders. One query of each domain that registered."""
    to_buyer, from_buyer = dict.fromkeys(order_ids, 0), dict.fromkeys(order_ids, 0)
    for tell in _dues.values() if order_ids else ():
        for order_id, won in (await tell(order_ids)).items():
            side = to_buyer if won > 0 else from_buyer
            side[order_id] = side.get(order_id, 0) + abs(won)
    return {order_id: Due(to_buyer[order_id], from_buyer.get(order_id, 0)) for order_id in to_buyer}
