"""The shop itself: its brand, and the legally required details of its seller."""

from src.app.shop.models.branding import Branding
from src.app.shop.models.shop_info import ShopInfo

__all__ = ["Branding", "ShopInfo"]
