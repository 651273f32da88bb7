"""The curated lists as the shop shows them."""

from collections.abc import Sequence
from typing import Final

from src.app.product.dtos.responses import ProductCard
from src.app.product.services.cards import cards_by_id
from src.app.product.services.summaries import released_between
from src.app.promotion_product.models import PromotionCode
from src.app.promotion_product.services.locks import known
from src.app.promotion_product.services.rules import new_since
from src.app.promotion_product.services.showing import showing
from src.common import clock
from src.common.dtos.pages import Items

LONGEST: Final = 100
"""The most cards that a list shows; the same as the largest page of the product list."""


async def picks_json(code: str) -> bytes:
    """Return the cards of one list as ``{"items": [...]}``. Six queries; one or two more for new arrivals.

    Raises PromotionNotFound for an unknown code.
    """
    wanted = known(code)
    cards = (await _picks([wanted]))[wanted]
    return Items(items=cards).model_dump_json().encode()


async def all_picks() -> dict[str, list[ProductCard]]:
    """Return all three lists by code. Seven queries, eight if new arrivals follow the rule."""
    return {code.value: cards for code, cards in (await _picks(list(PromotionCode))).items()}


async def _picks(codes: Sequence[PromotionCode]) -> dict[PromotionCode, list[ProductCard]]:
    """Return the cards of these lists, each in its order, without products that are not for sale."""
    chosen: dict[PromotionCode, list[int]] = {code: [] for code in codes}
    items = showing().filter(code__in=list(codes)).order_by("position", "id")
    for code, product_id in await items.values_list("code", "product_id"):
        chosen[PromotionCode(code)].append(product_id)
    if PromotionCode.NEW in chosen and (since := await new_since()) is not None:
        chosen[PromotionCode.NEW] = await released_between(since, clock.now(), limit=LONGEST)
    cards = await cards_by_id([product_id for product_ids in chosen.values() for product_id in product_ids])
    return {
        code: [cards[product_id] for product_id in product_ids if product_id in cards][:LONGEST]
        for code, product_ids in chosen.items()
    }
