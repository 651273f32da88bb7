"""The demo shop's catalogue: categories, products, curated rows and banners, as frozen data."""

from typing import Final

from src.demo.catalogue import (
    bags,
    balls,
    bottoms,
    club_goods,
    field_goods,
    gloves,
    headwear,
    pouches,
    tops,
    travel_bags,
)
from src.demo.catalogue.categories import CATEGORIES
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
from src.demo.catalogue.showcase import BANNERS, PROMOTIONS

PRODUCTS: Final[tuple[DemoProduct, ...]] = tuple(
    sorted(
        (
            *bags.PRODUCTS,
            *travel_bags.PRODUCTS,
            *pouches.PRODUCTS,
            *gloves.PRODUCTS,
            *headwear.PRODUCTS,
            *tops.PRODUCTS,
            *bottoms.PRODUCTS,
            *balls.PRODUCTS,
            *club_goods.PRODUCTS,
            *field_goods.PRODUCTS,
        ),
        key=lambda product: -product.released_days_ago,
    )
)
"""Every product, the oldest first: rows inserted in this order get rising ids, as in a shop that grew."""

__all__ = [
    "BANNERS",
    "CATEGORIES",
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
