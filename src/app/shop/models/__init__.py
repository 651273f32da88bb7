"""The shop itself: its brand, and what the law asks it to say about its seller."""

from src.app.shop.models.branding import Branding
from src.app.shop.models.shop_info import ShopInfo

__all__ = ["Branding", "ShopInfo"]
