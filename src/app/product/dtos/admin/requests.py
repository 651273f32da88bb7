"""Requests of staff about products."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from src.app.product.dtos import fields as f
from src.app.product.dtos.examples import NOTICE_FIELDS
from src.app.product.dtos.notices import NoticeKind, wrong_fields
from src.app.product.dtos.requests import EmptyIsNone
from src.app.product.models import DisplayStatus, SaleStatus
from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import ClosedInput, Line, left_out
from src.common.dtos.keysets import Keyset
from src.common.dtos.money import MAX_WON, Won
from src.common.dtos.pages import Cursored, PageNumber, PageSize

AdminSort = Literal["newest", "oldest", "updated", "name", "code", "price_asc", "price_desc"]
# The same orders as `services.editing.listing.ORDERS` in SQL.
ADMIN_KEYS: Final[dict[AdminSort, tuple[tuple[str, ...], tuple[type, ...]]]] = {
    "newest": (("-id",), (int,)),
    "oldest": (("id",), (int,)),
    "updated": (("-updated_at", "-id"), (datetime, int)),
    "name": (("name", "id"), (str, int)),
    "code": (("product_code", "id"), (str, int)),
    "price_asc": (("price", "id"), (int, int)),
    "price_desc": (("-price", "-id"), (int, int)),
}
StatusFilter = Literal["all", "on_sale", "sold_out", "stopped"]
MAX_COLORS: Final = 30
MAX_SIZES: Final = 60

DISCOUNT: JsonDict = {
    "option": "percent",
    "value": 10,
    "starts_at": "2026-12-01T00:00:00+09:00",
    "ends_at": "2026-12-08T00:00:00+09:00",
}
NOTICE: JsonDict = {"kind": "bag", "fields": NOTICE_FIELDS}


Bound = Annotated[int | None, Field(ge=0, le=MAX_WON)]
RowIdQuery = Annotated[int | None, Field(ge=1, le=2**63 - 1)]


class AdminProductFilter(DayRange):
    """Filters and order of the back-office's list. Every filter that is given must match."""

    id: RowIdQuery = Field(None, description="상품번호.")
    product_code: Annotated[Annotated[Line, Field(max_length=40)] | None, EmptyIsNone] = Field(
        None, description="Part of the product code."
    )
    name: Annotated[Annotated[Line, Field(max_length=120)] | None, EmptyIsNone] = Field(
        None, description="Every word must occur in the name."
    )
    status: StatusFilter = Field("all", description="`on_sale`: with stock; `sold_out`: on sale without stock.")
    display_status: DisplayStatus | None = None
    category_id: RowIdQuery = Field(None, description="A category: its whole subtree.")
    min_price: Bound = Field(None, description="Won, what it costs now.")
    max_price: Bound = None
    has_discount: bool | None = Field(None, description="Whether it costs less than its origin price now.")
    archived: bool = Field(False, description="true: only archived products, which are in no other list.")
    sort: AdminSort = Field(
        "newest", description="`newest` and `oldest` by number; ties of the others are broken by it."
    )


class AdminProductQuery(Cursored, AdminProductFilter):
    """A page of it."""

    page: PageNumber = 1
    size: PageSize = 20

    def keyset(self) -> Keyset:
        """The keyset of the requested order."""
        return Keyset(f"admin-products-{self.sort}", *ADMIN_KEYS[self.sort])


class AdminProductCsv(AdminProductFilter):
    """What a csv holds, and in which letters: `utf-8` with its mark, which Excel knows, or `cp949`."""

    encoding: Literal["utf-8", "cp949"] = "utf-8"


class DiscountIn(ClosedInput):
    """A discount in percent or won, from `starts_at` until just before `ends_at`; either may be left open."""

    model_config = ConfigDict(json_schema_extra={"examples": [DISCOUNT]})

    option: Literal["percent", "amount"]
    value: Annotated[int, Field(strict=True, ge=1, le=MAX_WON)]
    starts_at: f.Moment | None = None
    ends_at: f.Moment | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.option == "percent" and self.value > 100:
            raise f.custom("percent", "100% 이하여야 합니다.", "Must be at most 100 percent.")
        if self.starts_at and self.ends_at and self.starts_at >= self.ends_at:
            raise f.custom("reversed_range", "종료가 시작보다 늦어야 합니다.", "It must end after it starts.")
        return self


class SpecIn(ClosedInput):
    """One line of the specifications."""

    name: Annotated[f.PlainLine, Field(max_length=60, examples=["무게"])]
    value: Annotated[f.PlainLine, Field(max_length=200, examples=["2.3kg"])]


class NoticeIn(ClosedInput):
    """The statutory notice: exactly the items of its kind (`GET /admin/product-notice-kinds`)."""

    model_config = ConfigDict(json_schema_extra={"examples": [NOTICE]})

    kind: NoticeKind
    fields: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[f.PlainLine, Field(max_length=200)]],
        Field(max_length=20),
    ]

    @model_validator(mode="after")
    def _names_what_the_law_asks(self) -> Self:
        if wrong := wrong_fields(self.kind, self.fields):
            names = ", ".join(wrong)[:200].replace("{", "").replace("}", "")
            raise f.custom("notice_items", f"고시 항목을 확인해 주세요: {names}", f"Missing or unknown items: {names}")
        return self


class SizeNew(ClosedInput):
    """A size. Without `sku` one is made. `stock` are the units it opens with."""

    size: f.Size
    sku: f.Sku | None = None
    stock: f.Units = 0


SIZES_ALIKE: Final = ("같은 사이즈가 두 번 있습니다.", "Two sizes are alike.")
COLORS_ALIKE: Final = ("같은 컬러가 두 번 있습니다.", "Two colours are alike.")


def _unlike_sizes(sizes: list[Any]) -> list[Any]:
    return _unlike(sizes, "size", *SIZES_ALIKE)


def _unlike_size_edits(sizes: list[Any]) -> list[Any]:
    return _unlike_edits(sizes, "size", "variant_id", *SIZES_ALIKE)


def _unlike_color_edits(options: list[Any]) -> list[Any]:
    return _unlike_edits(_unlike_skus(options), "color", "id", *COLORS_ALIKE)


def _unlike_colors(options: list[Any]) -> list[Any]:
    return _unlike(_unlike_skus(options), "color", *COLORS_ALIKE)


def _unlike_skus(options: list[Any]) -> list[Any]:
    skus = [size.sku for option in options for size in option.sizes if size.sku is not None]
    if len(set(skus)) != len(skus):
        raise f.custom("repeated", "같은 SKU가 두 번 있습니다.", "The same SKU is there twice.")
    return options


def _unlike(items: list[Any], name: str, ko: str, en: str) -> list[Any]:
    names = [f.name_key(getattr(item, name)) for item in items]
    if len(set(names)) != len(names):
        raise f.custom("repeated", ko, en)
    return items


def _unlike_edits(items: list[Any], name: str, row_id: str, ko: str, en: str) -> list[Any]:
    """Refuse alike names. Stored ones from before this rule are accepted if they differ exactly and each has its id."""
    groups: dict[str, list[Any]] = {}
    for item in items:
        groups.setdefault(f.name_key(getattr(item, name)), []).append(item)
    for some in groups.values():
        names = {getattr(item, name) for item in some}
        if len(names) < len(some) or (len(some) > 1 and any(getattr(item, row_id) is None for item in some)):
            raise f.custom("repeated", ko, en)
    return items


class OptionNew(ClosedInput):
    """A colour with its pictures (the first is the thumbnail) and sizes, in the order to show."""

    color: f.Color
    color_code: f.ColorCode
    images: f.Images = []
    sizes: Annotated[list[SizeNew], Field(min_length=1, max_length=MAX_SIZES), AfterValidator(_unlike_sizes)]


Specs = Annotated[list[SpecIn], Field(max_length=50)]


class _Content(ClosedInput):
    specs: Specs = []
    notice: NoticeIn | None = None
    discount: DiscountIn | None = Field(None, description="null: none.")


class ProductCreate(_Content):
    """A new product. Without `slug` one is made from the name."""

    product_code: f.Code
    name: f.Name
    slug: f.Slug | None = None
    brand: f.Brand = "MICGOLF"
    description: f.Description = ""
    detail: f.Detail = ""
    origin_price: Annotated[Won, Field(examples=[320000])]
    category_ids: f.CategoryIds
    sale_status: SaleStatus = SaleStatus.ON_SALE
    display_status: DisplayStatus = DisplayStatus.SHOWN
    options: Annotated[
        list[OptionNew],
        Field(
            min_length=1,
            max_length=MAX_COLORS,
            examples=[
                [
                    {
                        "color": "블랙",
                        "color_code": "#111111",
                        "images": ["products/01201110/0-0.svg"],
                        "sizes": [{"size": "9.0인치", "stock": 12}],
                    }
                ]
            ],
        ),
        AfterValidator(_unlike_colors),
    ]
    reason: f.Reason = ""


class ProductChange(_Content):
    """What is left out stays; `discount` and `notice` are removed by null."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"origin_price": 300000, "discount": DISCOUNT}]})

    product_code: f.Code = left_out("")
    name: f.Name = left_out("")
    slug: f.Slug = left_out("")
    brand: f.Brand = left_out("")
    description: f.Description = left_out("")
    detail: f.Detail = left_out("")
    origin_price: Won = left_out(0)
    category_ids: f.CategoryIds = left_out([])
    specs: Specs = left_out([])
    sale_status: SaleStatus = left_out(SaleStatus.ON_SALE)
    display_status: DisplayStatus = left_out(DisplayStatus.SHOWN)
    reason: f.Reason = ""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set - {"reason"}:
            raise f.custom("nothing_to_change", "변경할 항목이 없습니다.", "There is nothing to change.")
        return self


class SizeEdit(ClosedInput):
    """A size: an existing one by `variant_id`, or by its name; else a new one. `stock` is for new ones only: the stock
    of the others moves by adjustments."""

    variant_id: f.RowIdField | None = None
    size: f.Size
    sku: f.Sku | None = None
    stock: f.Units | None = None

    @model_validator(mode="after")
    def _keeps_stock(self) -> Self:
        if self.variant_id is not None and self.stock is not None:
            raise f.custom(
                "stock_fixed",
                "기존 사이즈의 재고는 재고 조정으로 변경해 주세요.",
                "The stock of an existing size is changed by an adjustment.",
            )
        return self


class OptionEdit(ClosedInput):
    """A colour: an existing one by `id`, or by its name; else a new one."""

    id: f.RowIdField | None = None
    color: f.Color
    color_code: f.ColorCode
    images: f.Images = []
    sizes: Annotated[list[SizeEdit], Field(min_length=1, max_length=MAX_SIZES), AfterValidator(_unlike_size_edits)]


class OptionsReplace(ClosedInput):
    """All colours and sizes, in the order to show. What is not in it is retired."""

    options: Annotated[
        list[OptionEdit],
        Field(
            max_length=MAX_COLORS,
            examples=[
                [
                    {
                        "id": 9,
                        "color": "블랙",
                        "color_code": "#111111",
                        "images": [],
                        "sizes": [{"variant_id": 31, "size": "9.0인치"}, {"size": "9.5인치", "stock": 5}],
                    }
                ]
            ],
        ),
        AfterValidator(_unlike_color_edits),
    ]
    reason: f.Reason = ""

    @model_validator(mode="after")
    def _each_row_once(self) -> Self:
        ids = [option.id for option in self.options if option.id is not None]
        sizes = [size.variant_id for option in self.options for size in option.sizes if size.variant_id is not None]
        if len(set(ids)) != len(ids) or len(set(sizes)) != len(sizes):
            raise f.custom("repeated", "같은 옵션이 두 번 있습니다.", "The same option is there twice.")
        return self


class ProductCopy(ClosedInput):
    """The code of the copy, and its name where it shall have another one."""

    product_code: f.Code
    name: f.Name | None = None
    reason: f.Reason = ""


class WhyOnly(ClosedInput):
    """Why, for the log."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "단종"}]})

    reason: f.Reason = ""


NO_WHY = WhyOnly()  # the default, because the body may be omitted


class BulkStatus(ClosedInput):
    """One or both statuses for many products. They stay apart: the one that is left out stays."""

    ids: f.Ids
    sale_status: SaleStatus | None = None
    display_status: DisplayStatus | None = None
    reason: f.Reason = ""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.sale_status is None and self.display_status is None:
            raise f.custom("nothing_to_change", "변경할 항목이 없습니다.", "There is nothing to change.")
        return self


class PriceStep(ClosedInput):
    """A step of the origin price: in percent (the price is then cut down to whole 10 won) or in won, up or down."""

    unit: Literal["percent", "amount"] = Field(examples=["percent"])
    by: Annotated[int, Field(strict=True, ge=-MAX_WON, le=MAX_WON, examples=[-5])]

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.by == 0 or (self.unit == "percent" and not -99 <= self.by <= 1000):
            raise f.custom("step", "변경 폭을 확인해 주세요.", "Not 0, and in percent from -99 to 1000.")
        return self


class BulkPrice(ClosedInput):
    """Exactly one of: a `change` of the origin price, a `discount`, or `remove_discount`. A discount that a product
    has stays with `change`."""

    ids: f.Ids
    change: PriceStep | None = None
    discount: DiscountIn | None = None
    remove_discount: Literal[True] | None = None
    reason: f.Reason = ""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(given is not None for given in (self.change, self.discount, self.remove_discount)) != 1:
            raise f.custom(
                "one_of",
                "change, discount, remove_discount 중 하나만 보내 주세요.",
                "Send exactly one of change, discount and remove_discount.",
            )
        return self
