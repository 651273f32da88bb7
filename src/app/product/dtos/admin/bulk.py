"""Changes of many products at once."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from src.app.product.dtos import fields as f
from src.app.product.dtos.admin.content import DiscountIn
from src.app.product.models import DisplayStatus, SaleStatus, TaxType
from src.common.dtos.fields import ClosedInput
from src.common.dtos.money import MAX_WON


class BulkStatus(ClosedInput):
    """Statuses and tax type for many products, at least one of them. What is left out stays."""

    ids: f.Ids
    sale_status: SaleStatus | None = None
    display_status: DisplayStatus | None = None
    tax_type: TaxType | None = None
    reason: f.Reason = ""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.sale_status is None and self.display_status is None and self.tax_type is None:
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
