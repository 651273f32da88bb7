"""Query and body of the sales statistics."""

from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.journal.services.sales_figures import Bucket
from src.common.dtos.day_range import FIRST_DAY, LAST_DAY, check_order

LONGEST: Final = {Bucket.HOUR: 31, Bucket.DAY: 366, Bucket.MONTH: 1_830}
POINT: Final[dict[str, Any]] = {
    "at": "2026-11-20",
    "orders": 12,
    "amount": 840000,
    "cancelled": 52500,
    "net": 787500,
}


class Comparison(StrEnum):
    """With what the days are compared: as many days right before, or the same days a year ago."""

    PREVIOUS = "previous"
    YEAR = "year"


class SalesQuery(BaseModel):
    """``?from=2026-11-01&to=2026-11-30&bucket=day&compare=previous``: Korean days, both included. At most 31 days by
    hour, 366 by day, 1,830 by month."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    first: date = Field(alias="from", ge=FIRST_DAY, le=LAST_DAY)
    last: date = Field(alias="to", ge=FIRST_DAY, le=LAST_DAY)
    bucket: Bucket = Bucket.DAY
    compare: Comparison | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last)
        if (self.last - self.first).days >= LONGEST[self.bucket]:
            raise PydanticCustomError(
                "range_too_long",
                "too many days for the bucket",
                {
                    "ko": f"이 단위로는 {LONGEST[self.bucket]:,}일까지 볼 수 있습니다.",
                    "en": f"At most {LONGEST[self.bucket]:,} days by this bucket.",
                },
            )
        return self


class SalesPoint(BaseModel):
    """One bucket in won. `orders` is 결제건수, `amount` 결제금액 after discounts with shipping, `cancelled` what of
    earlier or these sales was cancelled or returned then; `net` is the difference."""

    model_config = ConfigDict(json_schema_extra={"examples": [POINT]})

    at: str = Field(description="`2026-11-20T09` by hour, `2026-11-20` by day, `2026-11` by month; Korean time.")
    orders: int
    amount: int
    cancelled: int
    net: int


class SalesRead(BaseModel):
    """Every bucket of the days, also those without a sale, their total, and the same of the days to compare with, null
    if none were asked for."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [POINT], "total": POINT, "compared": None, "compared_total": None}]}
    )

    items: list[SalesPoint]
    total: SalesPoint
    compared: list[SalesPoint] | None
    compared_total: SalesPoint | None
