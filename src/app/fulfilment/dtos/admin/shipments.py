"""Bodies of the staff routes for shipments."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from src.app.fulfilment.dtos.admin.rows import MAX_ROWS, LineNo, RowResult
from src.app.fulfilment.models import ShipmentMethod, ShipmentState
from src.common.dtos.fields import ClosedInput, Line, OptionalLine, Quantity
from src.common.ids import SHIPMENT_NO_PATTERN

ShipmentNo = Annotated[str, Field(pattern=SHIPMENT_NO_PATTERN, examples=["S20261120-7Q6X9ZPM"])]
CourierText = Annotated[
    OptionalLine, Field(max_length=50, description="Our code, Naver's, Cafe24's, or a name of the courier.")
]
NumberText = Annotated[OptionalLine, Field(max_length=50, description="Blanks and dashes do not count.")]
SENT_ROW: JsonValue = {
    "line_no": "20261120-7Q6X9ZPM-01",
    "outcome": "done",
    "code": None,
    "detail": None,
    "detail_en": None,
    "retryable": False,
    "shipment": "S20261120-7Q6X9ZPM",
}


class ShipmentRow(ClosedInput):
    """Units of a line that are sent. Without `units` all that was not sent yet."""

    line_no: LineNo
    units: Quantity | None = None
    method: ShipmentMethod = ShipmentMethod.PARCEL
    courier: CourierText = ""
    tracking_no: NumberText = ""

    @model_validator(mode="after")
    def _has_a_number_with_a_parcel_only(self) -> "ShipmentRow":
        if self.method != ShipmentMethod.PARCEL and (self.courier or self.tracking_no):
            raise PydanticCustomError(
                "number_without_parcel",
                "only PARCEL has a courier and a number",
                {
                    "ko": "택배가 아니면 택배사와 송장번호를 입력하지 않습니다.",
                    "en": "Only PARCEL has a courier and a tracking number.",
                },
            )
        return self


class ShipmentsNew(ClosedInput):
    """발송처리. Rows of one order with one courier and number are one shipment."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rows": [
                        {"line_no": "20261120-7Q6X9ZPM-01", "courier": "CJ", "tracking_no": "6123-4567-8901"},
                        {"line_no": "20261120-7Q6X9ZPM-02", "units": 1, "method": "DIRECT"},
                    ]
                }
            ]
        }
    )

    rows: Annotated[list[ShipmentRow], Field(min_length=1, max_length=MAX_ROWS)]


class SentRow(RowResult):
    """What became of one row, and the shipment that its units are in."""

    shipment: str | None = None


class SentRows(BaseModel):
    """How many rows were done and refused, and each row's result in the order asked."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": 1, "refused": 0, "results": [SENT_ROW]}]})

    done: int
    refused: int
    results: list[SentRow]

    @classmethod
    def of(cls, rows: Sequence[SentRow]) -> "SentRows":
        """Return the answer for these rows."""
        done = sum(row.outcome == "done" for row in rows)
        return cls(done=done, refused=len(rows) - done, results=list(rows))


class ShipmentChange(ClosedInput):
    """송장 수정 (`courier` and `tracking_no`), or what staff know of the parcel (`state` with a reason). One of the two.

    CANCELLED takes the shipment back before its first scan. LOST and RETURNED_TO_SENDER make its units free to be sent
    again. A corrected number makes the shipment READY: what was scanned so far was another parcel.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"courier": "HANJIN", "tracking_no": "412345678901", "reason": "송장 오입력"},
                {"state": "LOST", "reason": "택배사 분실 확인"},
            ]
        }
    )

    courier: CourierText | None = None
    tracking_no: NumberText | None = None
    state: ShipmentState | None = None
    reason: Line | None = None

    @model_validator(mode="after")
    def _is_one_change(self) -> "ShipmentChange":
        has_number = self.courier is not None and self.tracking_no is not None
        has_part = self.courier is not None or self.tracking_no is not None
        if has_part != has_number or has_number == (self.state is not None) or self.state == ShipmentState.READY:
            raise PydanticCustomError(
                "one_change",
                "a courier with a number, or a state",
                {
                    "ko": "택배사와 송장번호, 또는 배송 상태 중 하나를 입력해 주세요.",
                    "en": "Name a courier with a number, or a state.",
                },
            )
        if self.state is not None and self.reason is None:
            raise PydanticCustomError(
                "reason_missing", "a state needs a reason", {"ko": "사유를 입력해 주세요.", "en": "Name the reason."}
            )
        return self
