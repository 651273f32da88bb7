"""The three product lists: picked by hand, and the list of new arrivals by rule too."""

from src.app.promotion_product.models.item import PromotionCode, PromotionItem
from src.app.promotion_product.models.list import PromotionList

__all__ = ["PromotionCode", "PromotionItem", "PromotionList"]
