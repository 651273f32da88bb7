"""Products as the shop shows them. Prices are in whole won."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from src.app.product.dtos.examples import CARD, PAGE, PRODUCT
from src.app.product.dtos.notices import ProductNoticeRead
from src.app.product.models import TaxType
from src.common.dtos.alts import AltRead
from src.common.dtos.money import Won
from src.common.media.addresses import PictureSize, Slices

DiscountOption = Literal["percent", "amount"]
Badge = Literal["best", "md_pick", "new", "sale"]


class Shown(BaseModel):
    """An answer's part."""

    model_config = ConfigDict(frozen=True)


class CardColor(Shown):
    color: str
    color_code: str


class ProductCard(Shown):
    """A product in a list."""

    model_config = ConfigDict(json_schema_extra={"examples": [CARD]})

    id: int
    product_code: str
    slug: str
    name: str
    origin_price: Won
    price: Won = Field(description="After the product's own discount.")
    discount: int = Field(description="Percent or won, by `discount_option`; 0 without one.")
    discount_option: DiscountOption | None
    thumbnail_url: str | None = Field(
        description="First picture of the first colour, null where it has none.",
    )
    thumbnail_sizes: list[PictureSize] = Field(
        description="The thumbnail as WebP for `srcset`, the narrowest first; empty for a drawing.",
    )
    alt: AltRead = Field(description="Of the thumbnail.")
    sold_out: bool = Field(description="No variant has stock.")
    colors: list[CardColor]
    badges: list[Badge] = Field(
        description="`best`, `md_pick`, `new`: in that promotion now; `sale`: has a discount.",
    )
    rating: float = Field(description="0.0 to 5.0, one decimal; 0.0 without reviews.")
    review_count: int


class CategoryCount(Shown):
    id: int
    name: str
    slug: str
    count: int = Field(description="Products in its subtree.")


class ColorCount(CardColor):
    count: int


class SizeCount(Shown):
    size: str
    count: int


class PriceRange(Shown):
    min: Won
    max: Won


class Facets(Shown):
    """Counts of products over everything that matches the filters. Categories, colours and sizes without any are
    left out; `price` is null where nothing matches."""

    categories: list[CategoryCount]
    colors: list[ColorCount]
    sizes: list[SizeCount]
    price: PriceRange | None


class ProductPage(Shown):
    """One page of cards, in a total order."""

    model_config = ConfigDict(json_schema_extra={"examples": [PAGE]})

    items: list[ProductCard]
    total: int
    page: int
    size: int
    facets: Facets | None = Field(None, description="Only there with `facets=true`.")
    next_cursor: str | None = Field(None, description="`cursor` of what follows. Only there where something follows.")
    did_you_mean: str | None = Field(None, description="Only there where `q` finds nothing: a known word near it.")


class ProductCategoryRead(Shown):
    id: int
    name: str
    slug: str


class ImageRead(Shown):
    """A picture. `sizes` are the same one as WebP for `srcset`, the narrowest first; empty for a drawing."""

    id: int
    image_url: str
    alt: AltRead
    sizes: list[PictureSize]
    slices: Slices


class LongPicture(Shown):
    """A long picture of the detail text. `url` is how the text names it, which is its first slice alone."""

    url: str
    slices: Slices


class SizeRead(Shown):
    """A size of a colour: what a cart takes. It costs the product's `price` and its own `extra_price` (옵션 추가금).
    `stock` is at most 2 seconds old; `/stock` is exact."""

    variant_id: int
    sku: str
    size: str
    extra_price: Won
    stock: int
    sold_out: bool


class OptionRead(CardColor):
    """A colour with its pictures and sizes, each in the order to show."""

    images: list[ImageRead]
    sizes: list[SizeRead]


class SpecRead(Shown):
    name: str
    value: str


class ProductRead(Shown):
    """A product with everything that its page shows. The first category is its main one."""

    model_config = ConfigDict(json_schema_extra={"examples": [PRODUCT]})

    id: int
    product_code: str
    slug: str
    name: str
    brand: str
    description: str
    detail: str
    detail_pictures: list[LongPicture] = Field(
        description="Only the long ones, which are more than their address shows."
    )
    origin_price: Won
    price: Won = Field(description="After the product's own discount.")
    discount: int = Field(description="Percent or won, by `discount_option`; 0 without one.")
    discount_option: DiscountOption | None
    tax_type: TaxType = Field(description="TAX_FREE: the price contains no VAT.")
    status: Literal["ON_SALE", "SOLD_OUT"] = Field(description="SOLD_OUT: no variant has stock.")
    categories: list[ProductCategoryRead]
    breadcrumb: list[ProductCategoryRead] = Field(
        description="From the major category down to the main one; empty without categories.",
    )
    options: list[OptionRead]
    specs: list[SpecRead]
    notice: ProductNoticeRead | None = Field(description="The statutory product notice (상품정보제공고시).")
    rating: float = Field(description="0.0 to 5.0, one decimal; 0.0 without reviews.")
    review_count: int


class StockRead(Shown):
    """The units of one variant that may be bought."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"variant_id": 31, "stock": 12}]})

    variant_id: int
    stock: int
