"""Ask the order domain which unpaid orders of the cart's owner hold stock. The cart domain knows no orders itself."""

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
    """Register the functions of the order domain; the last registration counts.

    `ask` returns, for the owner of a cart, the unpaid orders that hold units of these variants. `follow` is called with
    the old and the new owner after a guest's cart was merged into another cart.
    """
    global _ask, _follow
    _ask, _follow = ask, follow


async def orders_follow(source: str, *, owner: str) -> None:
    """Move the unpaid orders of the merged cart `source` to `owner`, for `held_by`. A repeat changes nothing."""
    await _follow(source, owner)


async def held_by(owner: str | None, variant_ids: Sequence[int]) -> dict[int, HeldBy]:
    """Return the unpaid order of the cart's owner that holds units, by variant. Without owner or variants: empty."""
    return await _ask(owner, variant_ids) if owner is not None and variant_ids else {}


async def stock_short(owner: str | None, *, variant_id: int, left: int) -> StockShort:
    """Build StockShort, with the owner's own unpaid order that holds the missing units, if there is one."""
    holder = (await held_by(owner, [variant_id])).get(variant_id)
    return StockShort(
        variant_id=variant_id, left=left, held_by=None if holder is None else holder.model_dump(mode="json")
    )
