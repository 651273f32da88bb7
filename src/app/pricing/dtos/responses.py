"""Response bodies of a quote."""

from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from src.common.dtos.alts import AltRead
from src.common.dtos.money import Won

ITEM: JsonDict = {
    "variant_id": 31,
    "product_id": 7,
    "product_code": "01201110",
    "name": "아쿠아 스트레치 카라 티셔츠",
    "color": "네이비",
    "size": "L",
    "image_url": "/media/products/01201110/0-0.svg",
    "alt": "아쿠아 스트레치 카라 티셔츠 네이비",
    "origin_price": 50000,
    "unit_price": 45000,
    "quantity": 2,
    "line_total": 90000,
}


class QuoteDiscountRead(BaseModel):
    """A discount beyond the products' own: a coupon."""

    name: str
    amount: Won


class QuoteLineRead(BaseModel):
    """One line at today's price. `discount_share` is its part of `discount_total`."""

    variant_id: int
    product_id: int
    product_code: str
    name: str
    color: str
    size: str
    sku: str
    image_url: str
    alt: AltRead
    origin_price: Won
    unit_price: Won
    quantity: int
    line_total: Won
    discount_share: Won


QUOTE: JsonDict = {
    "lines": [{**ITEM, "sku": "01201110-NV-L", "discount_share": 0}],
    "item_total": 90000,
    "discount_total": 0,
    "discounts": [],
    "shipping_fee": 2500,
    "points_used": 0,
    "total": 92500,
}


class QuoteRead(BaseModel):
    """``total = item_total - discount_total + shipping_fee - points_used``."""

    model_config = ConfigDict(json_schema_extra={"examples": [QUOTE]})

    lines: list[QuoteLineRead]
    item_total: Won
    discount_total: Won
    discounts: list[QuoteDiscountRead]
    shipping_fee: Won
    points_used: Won
    total: Won
