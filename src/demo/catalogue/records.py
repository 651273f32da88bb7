"""The record types of the demo catalogue. They are frozen; money is in whole won, colours are `#RRGGBB`, periods are in
days."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from zlib import crc32

DiscountOption = Literal["percent", "amount"]
PromotionCode = Literal["best", "md_pick", "new"]
BannerType = Literal["banner", "promotion"]

# Korean words in sizes and their ASCII abbreviations, because SKUs are ASCII.
_SIZE_WORDS = (
    ("와이드 블레이드", "WBL"),
    ("블레이드", "BL"),
    ("드라이버", "DR"),
    ("유틸리티", "UT"),
    ("우드", "FW"),
    ("더즌", "DZ"),
    ("인치", "IN"),
    ("켤레", "PR"),
    ("개입", "P"),
    ("핀", "PIN"),
    ("구", "B"),
    ("호", ""),
    (".", ""),
)


class Picture(StrEnum):
    """The kinds of drawing; each product names one."""

    STAND_BAG = "stand_bag"
    CADDIE_BAG = "caddie_bag"
    BOSTON_BAG = "boston_bag"
    HALF_BAG = "half_bag"
    TRAVEL_COVER = "travel_cover"
    POUCH = "pouch"
    BALL_POUCH = "ball_pouch"
    SHOE_BAG = "shoe_bag"
    COOLER_BAG = "cooler_bag"
    GLOVE = "glove"
    GLOVE_PAIR = "glove_pair"
    CAP = "cap"
    BUCKET_HAT = "bucket_hat"
    VISOR = "visor"
    BEANIE = "beanie"
    POLO_SHIRT = "polo_shirt"
    LONG_POLO = "long_polo"
    KNIT = "knit"
    VEST = "vest"
    WIND_JACKET = "wind_jacket"
    TROUSERS = "trousers"
    SHORTS = "shorts"
    SKIRT = "skirt"
    BALL_BOX = "ball_box"
    TEE_SET = "tee_set"
    BALL_MARKER = "ball_marker"
    DIVOT_TOOL = "divot_tool"
    TOWEL = "towel"
    UMBRELLA = "umbrella"
    BELT = "belt"
    SOCKS = "socks"
    HEADCOVER = "headcover"
    PUTTER_COVER = "putter_cover"


class Stock(StrEnum):
    """Stock level of a product; see `DemoProduct.stock_of` for the numbers."""

    DEEP = "deep"
    """Every variant has 30 to 150 units, the first one 40 to 100: enough for the orders of any test."""
    MIXED = "mixed"
    """Variants have 0 to 300 units, and about one in eight is sold out; the first one has 40 to 110."""
    SOLD_OUT = "sold_out"
    """Every variant has 0 units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCategory:
    """One node of the tree. `parent` is the slug of the node above, `position` counts from 1 among siblings."""

    slug: str
    name: str
    parent: str | None
    position: int
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoColor:
    """A colour with the name that the shop shows."""

    name: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoVariant:
    """One variant to buy: a colour in a size. Both indexes count from 0."""

    sku: str
    color_index: int
    color: DemoColor
    size_index: int
    size: str
    stock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """The product's own discount: percent 5..50, or won."""

    option: DiscountOption
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoProduct:
    """One product with all values for the tables.

    `categories` are category slugs, the product's own leaf first. `origin_price` is a multiple of 100 won, so that a
    percent discount has no fraction. There are no ratings and reviews: the demo shop does not invent opinions.
    """

    product_code: str
    slug: str
    name: str
    picture: Picture
    categories: tuple[str, ...]
    origin_price: int
    discount: Discount | None = None
    colors: tuple[DemoColor, ...]
    sizes: tuple[str, ...]
    stock: Stock
    popularity: int
    released_days_ago: int
    description: str
    detail: str
    brand: str = "믹골프(MICGOLF)"

    @property
    def discount_option(self) -> DiscountOption | None:
        """The kind of discount; None if there is none."""
        return self.discount.option if self.discount else None

    @property
    def discount_value(self) -> int:
        """Percent or won, by `discount_option`; 0 if there is no discount."""
        return self.discount.value if self.discount else 0

    @property
    def price(self) -> int:
        """The price of one unit after the discount, in won."""
        if self.discount is None:
            return self.origin_price
        if self.discount.option == "amount":
            return self.origin_price - self.discount.value
        return self.origin_price * (100 - self.discount.value) // 100

    @property
    def variants(self) -> tuple[DemoVariant, ...]:
        """All colours in all sizes, in display order. Their stock is the same at every call."""
        return tuple(self._variants())

    def sku_of(self, color_index: int, size_index: int) -> str:
        """Return `<product_code>-<colour index>-<size>`, which is ASCII and unique in the shop."""
        size = self.sizes[size_index]
        for word, short in _SIZE_WORDS:
            size = size.replace(word, short)
        return f"{self.product_code}-{color_index}-{size.upper()}"

    def stock_of(self, color_index: int, size_index: int) -> int:
        """Return the stock of a variant: a pure function of the CRC-32 of its SKU and the product's `Stock`."""
        if self.stock is Stock.SOLD_OUT:
            return 0
        spread = crc32(self.sku_of(color_index, size_index).encode())
        if color_index == size_index == 0:
            return 40 + spread % (61 if self.stock is Stock.DEEP else 71)
        if self.stock is Stock.DEEP:
            return 30 + spread % 121
        return 0 if spread % 8 == 0 else spread % 301

    def _variants(self) -> Iterator[DemoVariant]:
        for color_index, color in enumerate(self.colors):
            for size_index, size in enumerate(self.sizes):
                yield DemoVariant(
                    sku=self.sku_of(color_index, size_index),
                    color_index=color_index,
                    color=color,
                    size_index=size_index,
                    size=size,
                    stock=self.stock_of(color_index, size_index),
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPromotion:
    """A curated row of products, in display order."""

    code: PromotionCode
    name: str
    product_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBanner:
    """A banner. It is shown if `is_active` and within its period, given in days from the seeding (None: no limit).

    `link_url` is a path of the storefront; `picture` and `color_code` are used to draw its picture.
    """

    number: int
    type: BannerType
    title: str
    sub_title: str
    link_url: str
    picture: Picture
    color_code: str
    is_active: bool = True
    starts_in_days: int | None = None
    ends_in_days: int | None = None
