"""Stock that the shopper misses and an unpaid order of their own holds: asked upwards, the cart knows no orders."""

from collections.abc import Awaitable, Callable, Sequence

from src.app.cart.dtos.responses import HeldBy
from src.app.product.errors import StockShort

Holders = Callable[[str, Sequence[int]], Awaitable[dict[int, HeldBy]]]
Followers = Callable[[str, str], Awaitable[None]]


async def _nobody(_owner: str, _variant_ids: Sequence[int]) -> dict[int, HeldBy]:
    return {}


async def _nothing(_source: str, _owner: str) -> None:
    return


_ask: Holders = _nobody
_follow: Followers = _nothing


def register_holders(ask: Holders, follow: Followers) -> None:
    """`ask` tells, for the owner of a cart, which unpaid order of theirs holds units of these variants; `follow` is
    told when a guest's cart became part of another."""
    global _ask, _follow
    _ask, _follow = ask, follow


async def orders_follow(source: str, *, owner: str) -> None:
    """The unpaid orders of a guest whose cart was merged are those of the cart's owner from now on, as far as `held_by`
    goes. A repeat changes nothing."""
    await _follow(source, owner)


async def held_by(owner: str | None, variant_ids: Sequence[int]) -> dict[int, HeldBy]:
    """Of these variants those that an unpaid order of the cart's owner holds. Asks nobody where there is none to
    ask."""
    return await _ask(owner, variant_ids) if owner is not None and variant_ids else {}


async def stock_short(owner: str | None, *, variant_id: int, left: int) -> StockShort:
    """The error, with the owner's own order that holds what is missing."""
    holder = (await held_by(owner, [variant_id])).get(variant_id)
    return StockShort(
        variant_id=variant_id, left=left, held_by=None if holder is None else holder.model_dump(mode="json")
    )
