"""Bodies of 판매자 취소 and its preview."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from src.app.fulfilment.dtos.admin.rows import MAX_ROWS, LineNo, RowResult
from src.app.pricing.services.refunds.calculator import RowKind
from src.app.pricing.services.refunds.reasons import GoodsReason
from src.app.product.models import TaxType
from src.common.dtos.fields import ClosedInput
from src.common.dtos.money import Won

LINE_NO = "20261120-7Q6X9ZPM-01"
ROWS: list[JsonValue] = [
    {"kind": "GOODS", "amount": 45000, "tax_type": "TAXABLE", "units": 1, "shipping_place": None},
]
RESULT: dict[str, JsonValue] = {
    "line_no": LINE_NO,
    "outcome": "done",
    "code": None,
    "detail": None,
    "detail_en": None,
    "retryable": False,
    "units": 1,
    "refund": 45000,
    "points": 0,
    "rows": ROWS,
}

SellerReason = Literal[
    GoodsReason.SOLD_OUT,
    GoodsReason.DELAYED,
    GoodsReason.NOT_AS_DESCRIBED,
    GoodsReason.DEFECTIVE,
    GoodsReason.WRONG_ITEM,
    GoodsReason.MISSING_ITEM,
]
Units = Annotated[int | None, Field(ge=1, le=999, description="How many units; without it all that were not sent yet.")]


class PreviewRow(ClosedInput):
    """Units of a line to be cancelled."""

    line_no: LineNo
    units: Units = None


class CancelRow(PreviewRow):
    """Units of a line to cancel. `expected_refund` is what the preview said, in won.

    `restock`: whether the units may be sold again. Without it they are for every reason but SOLD_OUT and DEFECTIVE.
    """

    reason: SellerReason
    expected_refund: Won
    restock: bool | None = None


class SellerCancelPreview(ClosedInput):
    """The rows in the order in which they would be cancelled: shipping goes back with the last goods of an order."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rows": [{"line_no": LINE_NO, "units": 1}]}]})

    rows: Annotated[list[PreviewRow], Field(min_length=1, max_length=MAX_ROWS)]


class SellerCancelRows(ClosedInput):
    """판매자 취소: the rows are done in their order, each order of the shop for itself."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"rows": [{"line_no": LINE_NO, "units": 1, "reason": "SOLD_OUT", "expected_refund": 45000}]}]
        }
    )

    rows: Annotated[list[CancelRow], Field(min_length=1, max_length=MAX_ROWS)]


class RefundRow(BaseModel):
    """One cause of a refund, in signed won: above 0 they go to the buyer. `units` units of the line, or parts of the
    order's shipping fee at `shipping_place`. POINTS go back as points."""

    kind: RowKind
    amount: int
    tax_type: TaxType
    units: int
    shipping_place: int | None


class CancelResult(RowResult):
    """What became of one row, or would: how many units, and what goes back for them. A row that is refused as
    REFUND_CHANGED shows what would go back now; other refused rows show nothing."""

    units: int | None = None
    refund: Won | None = None
    points: Won | None = None
    rows: list[RefundRow] = []


class CancelResults(BaseModel):
    """How many rows were done (in a preview: could be) and refused, what goes back in all, and each row's result in the
    order asked."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"done": 1, "refused": 0, "refund": 45000, "results": [RESULT]}]}
    )

    done: int
    refused: int
    refund: Won = 0
    results: list[CancelResult]

    @classmethod
    def of(cls, results: list[CancelResult]) -> "CancelResults":
        """Return the answer of these rows."""
        done = [row for row in results if row.outcome == "done"]
        return cls(
            done=len(done),
            refused=len(results) - len(done),
            refund=sum(row.refund or 0 for row in done),
            results=results,
        )
