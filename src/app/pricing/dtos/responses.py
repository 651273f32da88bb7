"""Response bodies of a quote."""

from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from src.app.product.models import TaxType
from src.app.shipping.services.fees import FeeKind
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
    "extra_price": 0,
    "quantity": 2,
    "line_total": 90000,
}


class QuoteDiscountRead(BaseModel):
    """A discount beyond the products' own: a coupon."""

    name: str
    amount: Won


class QuoteLineRead(BaseModel):
    """One line at today's price. `unit_price` contains the `extra_price` of its size. `discount_share` is its part of
    `discount_total`."""

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
    extra_price: Won
    quantity: int
    line_total: Won
    discount_share: Won
    tax_type: TaxType


class QuoteShippingRead(BaseModel):
    """A part of the shipping fee. A PRODUCT part is the own fee of a bulky product, charged once an order, or for each
    unit of the named variant."""

    kind: FeeKind
    amount: Won
    product_id: int | None
    variant_id: int | None


QUOTE: JsonDict = {
    "lines": [{**ITEM, "sku": "01201110-NV-L", "discount_share": 0, "tax_type": "TAXABLE"}],
    "item_total": 90000,
    "discount_total": 0,
    "discounts": [],
    "shipping_fee": 2500,
    "shipping_rows": [{"kind": "BASE", "amount": 2500, "product_id": None, "variant_id": None}],
    "free_from": 100000,
    "return_fee": 3000,
    "exchange_fee": 6000,
    "points_used": 0,
    "total": 92500,
    "supply_amount": 84091,
    "vat_amount": 8409,
    "tax_free_amount": 0,
}


class QuoteRead(BaseModel):
    """``total = item_total - discount_total + shipping_fee - points_used``.

    ``total = supply_amount + vat_amount + tax_free_amount``. The base fee is waived from `free_from` on, null if it never is. `return_fee` (way back) and `exchange_fee` (both
    ways) are what the buyer pays to return or exchange by choice: show them before the order.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [QUOTE]})

    lines: list[QuoteLineRead]
    item_total: Won
    discount_total: Won
    discounts: list[QuoteDiscountRead]
    shipping_fee: Won
    shipping_rows: list[QuoteShippingRead]
    free_from: Won | None
    return_fee: Won
    exchange_fee: Won
    points_used: Won
    total: Won
    supply_amount: Won
    vat_amount: Won
    tax_free_amount: Won
