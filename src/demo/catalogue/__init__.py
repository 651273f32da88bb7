"""The demo shop's catalogue: categories, products, curated rows and banners, as frozen records of ``data/*.json``."""

from typing import Final

from src.demo.catalogue.loader import Catalogue
from src.demo.catalogue.records import (
    DemoBanner,
    DemoCategory,
    DemoColor,
    DemoProduct,
    DemoPromotion,
    DemoVariant,
    Discount,
    Picture,
    Stock,
)

_LOADED: Final = Catalogue()
BANNERS: Final = _LOADED.banners
"""All banners, in display order within each type."""
CATEGORIES: Final = _LOADED.categories
"""All nodes; each node comes after its parent."""
COLORS: Final = _LOADED.colors
"""All colours of products."""
PRODUCTS: Final = _LOADED.products
"""All products, oldest first."""
PROMOTIONS: Final = _LOADED.promotions

__all__ = [
    "BANNERS",
    "CATEGORIES",
    "COLORS",
    "PRODUCTS",
    "PROMOTIONS",
    "DemoBanner",
    "DemoCategory",
    "DemoColor",
    "DemoProduct",
    "DemoPromotion",
    "DemoVariant",
    "Discount",
    "Picture",
    "Stock",
]
