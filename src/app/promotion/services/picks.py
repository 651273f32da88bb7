"""The hand-picked lists."""

from collections.abc import Sequence
from typing import Final

from src.app.product.dtos.responses import ProductCard
from src.app.product.services.cards import cards_by_id
from src.app.promotion.errors import PromotionNotFound
from src.app.promotion.models import PromotionCode, PromotionItem
from src.common.utils.pages import Items

LONGEST: Final = 100
"""Cards of one list that are shown; what a page of the product list may hold at most, too."""


async def picks_json(code: str) -> bytes:
    """The cards of one list as ``{"items": [...]}``. Six queries. Raises PromotionNotFound for an unknown code."""
    if code not in set(PromotionCode):
        raise PromotionNotFound
    wanted = PromotionCode(code)
    cards = (await _picks([wanted]))[wanted]
    return Items(items=cards).model_dump_json().encode()


async def all_picks() -> dict[str, list[ProductCard]]:
    """All three lists by code. Six queries."""
    return {code.value: cards for code, cards in (await _picks(list(PromotionCode))).items()}


async def _picks(codes: Sequence[PromotionCode]) -> dict[PromotionCode, list[ProductCard]]:
    """The cards of these lists, each in its curated order, without products that are not for sale. Six queries."""
    items = PromotionItem.filter(code__in=list(codes), is_active=True).order_by("position", "id")
    chosen: dict[PromotionCode, list[int]] = {code: [] for code in codes}
    for code, product_id in await items.values_list("code", "product_id"):
        chosen[PromotionCode(code)].append(product_id)
    cards = await cards_by_id([product_id for product_ids in chosen.values() for product_id in product_ids])
    return {
        code: [cards[product_id] for product_id in product_ids if product_id in cards][:LONGEST]
        for code, product_ids in chosen.items()
    }
