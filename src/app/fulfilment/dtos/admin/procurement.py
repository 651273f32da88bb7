"""Bodies of the commands on lines before they are sent."""

from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from src.app.fulfilment.dtos.admin.rows import LineNos
from src.app.order.models import DelayReason, DeliveryAttribute
from src.common.dtos.fields import ClosedInput, OptionalLine

LINES: list[JsonValue] = ["20261120-7Q6X9ZPM-01", "20261120-7Q6X9ZPM-02"]


class Lines(ClosedInput):
    """The lines that a command is for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"line_nos": LINES}]})

    line_nos: LineNos


class Delay(ClosedInput):
    """발송지연: the lines are sent by `expected_ship_on` at the latest, and the shopper is told why."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "line_nos": LINES,
                    "reason": "PRODUCT_PREPARE",
                    "detail": "입고가 늦어지고 있습니다.",
                    "expected_ship_on": "2026-12-04",
                }
            ]
        }
    )

    line_nos: LineNos
    reason: DelayReason
    detail: Annotated[OptionalLine, Field(description="Why, in words that the shopper reads.")] = ""
    expected_ship_on: date


class AttributeChange(ClosedInput):
    """배송속성 변경. `hope_on` is the day that the shopper hopes for, with HOPE only."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"line_nos": LINES, "delivery_attribute": "HOPE", "hope_on": "2026-12-04"}]}
    )

    line_nos: LineNos
    delivery_attribute: DeliveryAttribute
    hope_on: date | None = None

    @model_validator(mode="after")
    def _has_a_day_with_hope_only(self) -> "AttributeChange":
        if (self.delivery_attribute == DeliveryAttribute.HOPE) != (self.hope_on is not None):
            raise PydanticCustomError(
                "hope_day",
                "HOPE needs a day, and only HOPE has one",
                {"ko": "희망일배송에만 희망일을 입력해 주세요.", "en": "Name a day with HOPE, and with nothing else."},
            )
        return self
