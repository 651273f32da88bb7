"""Hand-picked product lists."""

from src.app.promotion.models.item import PromotionCode, PromotionItem

__all__ = ["PromotionCode", "PromotionItem"]
