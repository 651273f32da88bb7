"""The three curated product lists. The list of new arrivals can also follow a rule."""

from src.app.promotion_product.models.item import PromotionCode, PromotionItem
from src.app.promotion_product.models.list import PromotionList

__all__ = ["PromotionCode", "PromotionItem", "PromotionList"]
