"""Queries and bodies of the staff routes for refunds."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from src.app.payment.models import RefundMeans, RefundReason, RefundStatus
from src.common.clock import KoreanTime
from src.common.dtos.content import WHY
from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import ClosedInput, Line
from src.common.dtos.keysets import Keyset
from src.common.dtos.money import Won
from src.common.dtos.pages import Cursored, PageNumber, PageSize
from src.common.ids import ORDER_NO_PATTERN, PAYMENT_ID_PATTERN, as_typed

REFUND: dict[str, JsonValue] = {
    "id": 12,
    "refund_no": "01KAG8ZJ5T4M3C2B1A0ZYXWVQP",
    "order_no": "20261120-7Q6X9ZPM",
    "payment_id": "01KAG6Q6X9ZP4M3C2B1A0ZYXWV",
    "reason": "CANCEL",
    "cause": "cancel:17",
    "means": "PROVIDER",
    "amount": 45000,
    "tax_free_amount": 0,
    "vat_amount": 4091,
    "status": "FAILED",
    "sends": 2,
    "last_error": "PG_PROVIDER",
    "requested_at": "2026-11-20T15:00:00+09:00",
    "due_on": "2026-11-25",
    "is_overdue": False,
    "next_try_at": "2026-11-20T15:04:00+09:00",
    "done_at": None,
    "allowed_actions": ["RETRY"],
}


class RefundAction(StrEnum):
    """A command on a refund."""

    RETRY = "RETRY"


class RefundQuery(Cursored, DayRange):
    """Refunds requested on these Korean days, the newest first. Several states, reasons and means may be named.

    Refunds of orders that closed long ago are found by `order_no` or `payment_id`.
    """

    page: PageNumber = 1
    size: PageSize = 20
    status: list[RefundStatus] = []
    reason: list[RefundReason] = []
    means: list[RefundMeans] = []
    overdue: Annotated[bool, Field(description="Only those not done whose legal day is over.")] = False
    order_no: Annotated[str | None, BeforeValidator(as_typed), Field(max_length=17, pattern=ORDER_NO_PATTERN)] = None
    payment_id: Annotated[str | None, Field(max_length=40, pattern=PAYMENT_ID_PATTERN)] = None

    def keyset(self) -> Keyset:
        """Sort by row number, newest first."""
        return Keyset("refunds")


class RefundRetry(ClosedInput):
    """Why it is tried again now."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "PG사 점검 종료 확인"}]})

    reason: Annotated[Line, Field(examples=["PG사 점검 종료 확인"], description=WHY)]


class RefundRead(BaseModel):
    """Money that goes or went back, in won. `amount` contains `tax_free_amount` without VAT and `vat_amount` of VAT;
    both are null for a refund that takes all that is left of a rejected payment.

    `cause` is what it is for. `due_on` is the day by which the law wants it sent (전자상거래법 제18조). `sends` counts
    the tries; `next_try_at` is null where no further one comes by itself.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [REFUND]})

    id: int
    refund_no: str
    order_no: str
    payment_id: str
    reason: RefundReason
    cause: str
    means: RefundMeans
    amount: Won
    tax_free_amount: Won | None
    vat_amount: Won | None
    status: RefundStatus
    sends: int
    last_error: str | None
    requested_at: KoreanTime
    due_on: date | None
    is_overdue: bool
    next_try_at: KoreanTime | None
    done_at: KoreanTime | None
    allowed_actions: list[RefundAction]
