"""Bodies of the fee table."""

from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.payment.models import PaidWith
from src.app.settlement.models import CycleStart
from src.common.clock import KoreanTime
from src.common.dtos.day_range import FIRST_DAY, LAST_DAY
from src.common.dtos.fields import ClosedInput

CARD: Final[dict[str, Any]] = {
    "channel": "",
    "method": "CARD",
    "rate_ppm": 31900,
    "fixed_fee": 0,
    "cycle_days": 4,
    "cycle_from": "PAYMENT",
    "valid_from": "2026-01-01",
}
ESCROW: Final[dict[str, Any]] = {
    "channel": "toss-escrow",
    "method": "VIRTUAL_ACCOUNT",
    "rate_ppm": 0,
    "fixed_fee": 330,
    "cycle_days": 2,
    "cycle_from": "CONFIRMATION",
    "valid_from": "2026-01-01",
}


class FeeRow(ClosedInput):
    """What the provider takes and when it pays out. The row that names a channel comes before one for all channels,
    then the one that names the method; of these the latest that is valid on the day of the payment."""

    model_config = ConfigDict(json_schema_extra={"examples": [CARD, ESCROW]})

    channel: Annotated[
        str, Field(max_length=20, pattern=r"^[A-Za-z0-9_-]*$", description="Code of a payment channel. Empty: all.")
    ] = ""
    method: Annotated[PaidWith | Literal[""], Field(description="What was paid with. Empty: all.")] = ""
    rate_ppm: Annotated[
        int,
        Field(strict=True, ge=0, le=500_000, description="Millionths of the amount, VAT included: 3.19 % is 31900."),
    ]
    fixed_fee: Annotated[int, Field(strict=True, ge=0, le=100_000, description="Won a payment, VAT included.")]
    cycle_days: Annotated[int, Field(strict=True, ge=0, le=60, description="Business days to the payout (D+n).")]
    cycle_from: Annotated[
        CycleStart, Field(description="The day of the payment, or of the purchase confirmation (구매확정) for escrow.")
    ]
    valid_from: Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY, description="For payments from this Korean day on.")]


class FeeTableWrite(ClosedInput):
    """The whole table. Keep rows of the past: they hold for the payments of their time."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [CARD, ESCROW]}]})

    items: Annotated[list[FeeRow], Field(max_length=200)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(one.channel, one.method, one.valid_from) for one in self.items}) < len(self.items):
            raise PydanticCustomError(
                "repeated_fee",
                "two rows for one channel, method and day",
                {
                    "ko": "같은 채널, 결제 수단, 시작일의 수수료가 두 번 들어 있습니다.",
                    "en": "There are two rows for one channel, method and first day.",
                },
            )
        return self


class FeeTableRead(BaseModel):
    """The fee table, and when it was changed; null where it never was."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"items": [CARD, ESCROW], "updated_at": "2026-11-20T09:00:00+09:00", "version": 2}]
        }
    )

    items: list[FeeRow]
    updated_at: KoreanTime | None
    version: int
