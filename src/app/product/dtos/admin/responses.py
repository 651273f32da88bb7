"""Products as the back-office shows them. Prices are in whole won."""

from typing import Literal

from pydantic import Field
from pydantic.config import JsonDict

from src.app.product.dtos.admin.content import DISCOUNT, NOTICE
from src.app.product.dtos.notices import NoticeKind
from src.app.product.dtos.responses import (
    CardColor,
    DiscountOption,
    ImageRead,
    ProductCategoryRead,
    Shown,
    SpecRead,
)
from src.app.product.models import DisplayStatus, SaleStatus, TaxType
from src.common.clock import KoreanTime
from src.common.dtos.alts import OwnAlt
from src.common.dtos.money import Won
from src.common.dtos.warnings import WarningRead
from src.common.media.shapes import UPLOAD

ROW: JsonDict = {
    "id": 7,
    "product_code": "01201110",
    "name": "투어 스탠드백",
    "sale_status": "ON_SALE",
    "display_status": "SHOWN",
    "tax_type": "TAXABLE",
    "sold_out": False,
    "stock": 12,
    "origin_price": 320000,
    "discount": 10,
    "discount_option": "percent",
    "price": 288000,
    "thumbnail_url": "/media/products/01201110/0-0.svg",
    "created_at": "2026-11-20T10:12:00+09:00",
    "updated_at": "2026-11-20T10:12:00+09:00",
    "archived_at": None,
    "version": 3,
}
FORM: JsonDict = {
    **ROW,
    "slug": "tour-stand-bag",
    "brand": "믹골프(MICGOLF)",
    "description": "가볍고 튼튼한 투어형 스탠드백",
    "detail": "14분할 탑, 방수 원단",
    "discount_plan": DISCOUNT,
    "categories": [{"id": 2, "name": "스탠드백", "slug": "stand-bag"}],
    "specs": [{"name": "무게", "value": "2.3kg"}],
    "notice": NOTICE,
    "options": [
        {
            "id": 9,
            "color": "블랙",
            "color_code": "#111111",
            "images": [
                {
                    "id": 11,
                    "image_url": UPLOAD["url"],
                    "alt": "투어 스탠드백 블랙",
                    "own_alt": "",
                    "sizes": UPLOAD["sizes"],
                    "slices": [],
                    "path": UPLOAD["path"],
                }
            ],
            "sizes": [
                {
                    "variant_id": 31,
                    "sku": "01201110-001",
                    "size": "9.0인치",
                    "stock": 12,
                    "extra_price": 0,
                    "sold_out": False,
                }
            ],
        }
    ],
    "retired": [
        {"variant_id": 30, "sku": "01201110-9", "color": "블랙", "size": "8.0인치", "stock": 1, "extra_price": 0}
    ],
    "warnings": [],
}


class AdminProductRow(Shown):
    """A product in the back-office's list."""

    model_config = {"json_schema_extra": {"examples": [ROW]}}

    id: int
    product_code: str
    name: str
    sale_status: SaleStatus
    display_status: DisplayStatus
    tax_type: TaxType
    sold_out: bool = Field(description="No size has stock.")
    stock: int = Field(description="Units of all its sizes, without retired ones.")
    origin_price: Won
    discount: int = Field(description="What holds now; 0 outside the discount's period.")
    discount_option: DiscountOption | None
    price: Won = Field(description="What it costs now.")
    thumbnail_url: str | None
    created_at: KoreanTime
    updated_at: KoreanTime
    archived_at: KoreanTime | None
    version: int


class DiscountPlanRead(Shown):
    """The discount as staff set it, whether or not it holds now."""

    option: DiscountOption
    value: int
    starts_at: KoreanTime | None
    ends_at: KoreanTime | None


class NoticeStored(Shown):
    """The statutory notice by keys, as the form sends it."""

    kind: NoticeKind
    fields: dict[str, str]


class AdminImage(ImageRead):
    path: str
    own_alt: OwnAlt


class AdminSize(Shown):
    variant_id: int
    sku: str
    size: str
    stock: int
    extra_price: Won
    sold_out: bool


class AdminOption(CardColor):
    id: int
    images: list[AdminImage]
    sizes: list[AdminSize]


class RetiredSize(Shown):
    """A size that was taken out. It comes back, with its units, when it is named again."""

    variant_id: int
    sku: str
    color: str
    size: str
    stock: int
    extra_price: Won


class AdminProduct(AdminProductRow):
    """Everything for the edit form. `version` is also the answer's `ETag`: send it as `If-Match` with an edit."""

    model_config = {"json_schema_extra": {"examples": [FORM]}}

    slug: str
    brand: str
    description: str
    detail: str
    discount_plan: DiscountPlanRead | None
    categories: list[ProductCategoryRead] = Field(description="The first is the main one.")
    specs: list[SpecRead]
    notice: NoticeStored | None
    options: list[AdminOption]
    retired: list[RetiredSize]
    warnings: list[WarningRead] = Field(description="What is worth a second look: it was saved all the same.")


class AlikeOptions(Shown):
    """Names that only width or case of their letters tell apart: colours of a product, or sizes of its `color`. `skus`
    are those of each name, by which a sheet names them."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "product_id": 7,
                    "product_code": "01201110",
                    "name": "투어 스탠드백",
                    "color": "블랙",
                    "names": ["M", "Ｍ"],
                    "skus": [["01201110-001"], ["01201110-002"]],
                }
            ]
        }
    }

    product_id: int
    product_code: str
    name: str
    color: str = Field(description="Empty where the colours themselves are alike.")
    names: list[str]
    skus: list[list[str]]


class ProductSummary(Shown):
    """Numbers of products, archived ones left out. `total` = `on_sale` + `sold_out` + `stopped`; `hidden` counts
    across those."""

    model_config = {
        "json_schema_extra": {"examples": [{"total": 48, "on_sale": 40, "sold_out": 3, "stopped": 5, "hidden": 2}]}
    }

    total: int
    on_sale: int = Field(description="On sale with stock.")
    sold_out: int = Field(description="On sale without stock.")
    stopped: int
    hidden: int


Outcome = Literal["changed", "unchanged", "refused"]
Refusal = Literal["PRODUCT_NOT_FOUND", "PRODUCT_ARCHIVED", "DISCOUNT_ABOVE_PRICE", "PRICE_OUT_OF_RANGE"]


class BulkItem(Shown):
    """What became of one product. `code` says why it was refused; `price` and `version` are as they are now."""

    id: int
    outcome: Outcome
    code: Refusal | None = None
    price: Won | None = None
    version: int | None = None
    warnings: list[WarningRead] = Field([], description="Of one that was changed.")


class BulkResult(Shown):
    """A result for each id, in the order asked."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "items": [
                        {"id": 7, "outcome": "changed", "code": None, "price": 288000, "version": 4, "warnings": []},
                        {
                            "id": 8,
                            "outcome": "refused",
                            "code": "PRODUCT_NOT_FOUND",
                            "price": None,
                            "version": None,
                            "warnings": [],
                        },
                    ],
                    "changed": 1,
                    "unchanged": 0,
                    "refused": 1,
                }
            ]
        }
    }

    items: list[BulkItem]
    changed: int
    unchanged: int
    refused: int
