"""Queries and bodies of the staff routes for discrepancies and webhooks."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from src.app.payment.models import DiscrepancyKind
from src.common.clock import KoreanTime
from src.common.dtos.content import WHY
from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import ClosedInput, Line
from src.common.dtos.keysets import Keyset
from src.common.dtos.pages import Cursored, PageNumber, PageQuery, PageSize
from src.common.models.work_item import WorkStatus

Outcome = Annotated[Line, Field(examples=["콘솔 환불 확인, 고객 통화 완료 (상담 3821)"], description=WHY)]


class DiscrepancyQuery(Cursored, DayRange):
    """Discrepancies of a kind, resolved or not, found on these Korean days. The newest first."""

    page: PageNumber = 1
    size: PageSize = 20
    kind: DiscrepancyKind | None = None
    resolved: bool | None = None

    def keyset(self) -> Keyset:
        """Sort by row number, newest first."""
        return Keyset("discrepancies")


class Resolution(ClosedInput):
    """What somebody found out and did about it."""

    reason: Outcome


class DiscrepancyRead(BaseModel):
    """Money that does not add up by itself.

    `reference` is a cancellation id of PortOne (EXTERNAL), a payment id (MISMATCH, UNKNOWN_PAYMENT), the PG's id of a
    dispute (DISPUTE), a refund number, an order number (UNCLEARED, DEPOSIT_SHORT), or ``surplus:`` and ``late:`` with the
    number of a deposit, or of the order that ended with a part of its total. `payment_id` is null for deposits, and with
    `order_no` where the payment is not ours. `amount` is in won: of DEPOSIT_SHORT what is missing.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 3,
                    "kind": "EXTERNAL",
                    "reference": "0194253a-0000-7000-8000-0000000000cc",
                    "payment_id": "01KAG6Q6X9ZP4M3C2B1A0ZYXWV",
                    "order_no": "20261120-7Q6X9ZPM",
                    "amount": 12900,
                    "detail": "",
                    "created_at": "2026-11-20T13:05:00+09:00",
                    "resolved_at": None,
                    "resolved_by": None,
                    "resolution": None,
                }
            ]
        }
    )

    id: int
    kind: DiscrepancyKind
    reference: str
    payment_id: str | None
    order_no: str | None
    amount: int
    detail: str
    created_at: KoreanTime
    resolved_at: KoreanTime | None
    resolved_by: str | None
    resolution: str | None


class InboxQuery(Cursored, PageQuery):
    """Webhook messages that wait (PENDING), are worked off (DONE) or were given up (DEAD), of one topic."""

    status: WorkStatus | None = None
    topic: Annotated[str | None, Field(max_length=64, examples=["Transaction.Paid"])] = None

    def keyset(self) -> Keyset:
        """Sort by row number, newest first."""
        return Keyset("inbox")


class InboxRead(BaseModel):
    """A webhook as it was taken in. Its body is a hint and is not shown: `payment_id` is what it is about."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 812,
                    "source": "portone",
                    "message_id": "0194253a-0000-7000-8000-0000000000dd",
                    "topic": "Transaction.Paid",
                    "payment_id": "01KAG6Q6X9ZP4M3C2B1A0ZYXWV",
                    "status": "DEAD",
                    "attempts": 20,
                    "last_error": "LookupError",
                    "received_at": "2026-11-20T13:05:00+09:00",
                    "available_at": "2026-11-20T14:05:00+09:00",
                    "done_at": None,
                }
            ]
        }
    )

    id: int
    source: str
    message_id: str
    topic: str
    payment_id: str | None
    status: WorkStatus
    attempts: int
    last_error: str
    received_at: KoreanTime
    available_at: KoreanTime
    done_at: KoreanTime | None
