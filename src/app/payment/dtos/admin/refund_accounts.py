"""Bodies of the staff routes about refund accounts."""

from pydantic import ConfigDict

from src.app.payment.dtos.admin.discrepancies import Outcome
from src.app.payment.dtos.refund_accounts import ACCOUNT, RefundAccountRead
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput


class RefundAccountAccept(ClosedInput):
    """Why money may go to somebody who is nobody of the order."""

    reason: Outcome


class AdminRefundAccountRead(RefundAccountRead):
    """The account of an order. `other_orders` are up to 20 others with the same one, the newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **ACCOUNT,
                    "reason": "배우자 계좌, 통화로 확인 (상담 3821)",
                    "decided_at": "2026-11-20T14:00:00+09:00",
                    "other_orders": ["20261103-4M2K8TQ5"],
                }
            ]
        }
    )

    reason: str | None
    decided_at: KoreanTime | None
    other_orders: list[str]
