"""Warnings in responses to staff about saved values that are probably mistakes. A warning never prevents a change."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class WarningCode(StrEnum):
    DISCOUNT_ENDED = "DISCOUNT_ENDED"
    DISCOUNT_DEEP = "DISCOUNT_DEEP"
    PRICE_ZERO = "PRICE_ZERO"
    OPTIONS_ALIKE = "OPTIONS_ALIKE"
    PERIOD_ENDED = "PERIOD_ENDED"
    STOCK_OVERWRITTEN = "STOCK_OVERWRITTEN"


class WarningRead(BaseModel):
    """A warning. The code is stable; `detail` is Korean, `en` says the same in English."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "code": "DISCOUNT_ENDED",
                    "detail": "할인 기간이 이미 끝나 할인되지 않습니다.",
                    "en": "The discount's period is over: nothing is reduced.",
                }
            ]
        },
    )

    code: WarningCode
    detail: str = Field(description="In Korean.")
    en: str = Field(description="In English.")


def period_warnings(ends_at: datetime | None, now: datetime) -> list[WarningRead]:
    """PERIOD_ENDED where the period of what staff edited is over already."""
    if ends_at is None or ends_at > now:
        return []
    ko, en = "기간이 이미 끝나 노출되지 않습니다.", "The period is over: it is not shown."
    return [WarningRead(code=WarningCode.PERIOD_ENDED, detail=ko, en=en)]
