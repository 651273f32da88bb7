"""Parts of a product that staff write: discount, specifications, statutory notice."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from src.app.product.dtos import fields as f
from src.app.product.dtos.examples import NOTICE_FIELDS
from src.app.product.dtos.notices import NoticeKind, wrong_fields
from src.common.dtos.fields import ClosedInput
from src.common.dtos.money import MAX_WON

DISCOUNT: JsonDict = {
    "option": "percent",
    "value": 10,
    "starts_at": "2026-12-01T00:00:00+09:00",
    "ends_at": "2026-12-08T00:00:00+09:00",
}
NOTICE: JsonDict = {"kind": "bag", "fields": NOTICE_FIELDS}


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


Specs = Annotated[list[SpecIn], Field(max_length=50)]
