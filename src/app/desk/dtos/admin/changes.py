"""Bodies of what staff change of an order before it is sent."""

from typing import Annotated

from pydantic import ConfigDict, Field

from src.app.checkout.dtos.shipping import ShippingChange
from src.app.fulfilment.dtos.admin.rows import LineNo
from src.common.dtos.fields import ClosedInput, Line, RowId
from src.common.dtos.reasons import WHY, OptionalReason


class OptionChange(ClosedInput):
    """옵션 변경: the variant that the line is to be of."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"variant_id": 32, "reason": "고객 요청 (상담 3821)"}]})

    variant_id: Annotated[RowId, Field(examples=[32])]
    reason: OptionalReason = ""


class StaffShippingChange(ShippingChange):
    """배송지 변경, and why for the log."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"zipcode": "06236", "address": "서울 강남구 테헤란로 1", "reason": "고객 요청 (상담 3821)"}]
        }
    )

    reason: OptionalReason = ""

    def columns(self) -> dict[str, str]:
        """Return the values by column of the order."""
        return {name: value for name, value in super().columns().items() if name != "reason"}


class OrderRevive(ClosedInput):
    """Why, for how long the stock is held (without `hours` as for a new order), and the lines that the order goes on
    without: it costs less then, and a payment over its former total is refunded."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "고객 요청 (상담 3821)", "hours": 24}]})

    reason: Annotated[Line, Field(examples=["고객 요청 (상담 3821)"], description=WHY)]
    hours: Annotated[int, Field(strict=True, ge=1, le=72, examples=[24])] | None = None
    without: Annotated[list[LineNo], Field(max_length=50, examples=[["20261120-7Q6X9ZPM-02"]])] = []
