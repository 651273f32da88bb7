"""Bodies that add, change and copy a product."""

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from src.app.product.dtos import fields as f
from src.app.product.dtos.admin.content import DISCOUNT, DiscountIn, NoticeIn, Specs
from src.app.product.dtos.admin.options import MAX_COLORS, OptionNew, unlike_colors
from src.app.product.models import DisplayStatus, SaleStatus, TaxType
from src.common.dtos.fields import ClosedInput, left_out
from src.common.dtos.money import Won


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
    tax_type: TaxType = TaxType.TAXABLE
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
        AfterValidator(unlike_colors),
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
    tax_type: TaxType = left_out(TaxType.TAXABLE)
    reason: f.Reason = ""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set - {"reason"}:
            raise f.custom("nothing_to_change", "변경할 항목이 없습니다.", "There is nothing to change.")
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
