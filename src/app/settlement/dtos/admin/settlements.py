"""Query and body of settlements."""

from datetime import date
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.common.dtos.day_range import FIRST_DAY, LAST_DAY, check_order

LONGEST: Final = 366
DAY: Final[dict[str, Any]] = {
    "day": "2026-11-26",
    "payments": 12,
    "paid": 840000,
    "refunds": 1,
    "refunded": 52500,
    "fee": 25121,
    "fee_vat": 2284,
    "payout": 762379,
    "stated_payout": None,
    "unstated": 13,
}
SUM: Final[dict[str, Any]] = {name: value for name, value in DAY.items() if name != "day"}


class SettlementQuery(BaseModel):
    """``?from=2026-11-01&to=2026-11-30``: Korean days of the payout, both included, at most 366."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    first: date = Field(alias="from", ge=FIRST_DAY, le=LAST_DAY)
    last: date = Field(alias="to", ge=FIRST_DAY, le=LAST_DAY)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last)
        if (self.last - self.first).days >= LONGEST:
            raise PydanticCustomError(
                "range_too_long",
                "more than 366 days",
                {"ko": "기간은 366일까지입니다.", "en": "At most 366 days."},
            )
        return self


class SettlementSum(BaseModel):
    """Sums in won. `payout` = `paid` - `refunded` - `fee`. `stated_payout` is what the provider's sheets say of those
    that they name, null where they name none; `unstated` counts those that no sheet names."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUM]})

    payments: int
    paid: int
    refunds: int
    refunded: int
    fee: int
    fee_vat: int
    payout: int
    stated_payout: int | None
    unstated: int


class SettlementDay(SettlementSum):
    """What is paid out on one day."""

    model_config = ConfigDict(json_schema_extra={"examples": [DAY]})

    day: date


class SettlementRead(BaseModel):
    """Payouts by day. `today` is 오늘정산; `scheduled` is 정산예정, later than today; `undated` has no day yet: it waits
    for a purchase confirmation, or no row of the fee table holds."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [DAY], "total": SUM, "today": SUM, "scheduled": SUM, "undated": SUM}]}
    )

    items: list[SettlementDay]
    total: SettlementSum
    today: SettlementSum
    scheduled: SettlementSum
    undated: SettlementSum
