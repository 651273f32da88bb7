"""What staff ask about broken promises, and what they are shown."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from src.common.clock import KoreanTime
from src.common.dtos.pages import PageQuery


class BreachQuery(PageQuery):
    """Breaches of one promise, still there (`open`) or gone. The newest first."""

    promise: Annotated[str | None, Field(max_length=8, pattern=r"^P\d{1,2}$", examples=["P1"])] = None
    open: bool | None = None


class BreachRead(BaseModel):
    """One thing that breaks a promise of the shop: P1 stock, P3 paid orders, P4 paid money, P5 refunds, P6 webhooks.

    `reference` names it as in ``order:20261120-7Q6X9ZPM``. `resolved_at` is when a full look no longer found it.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 2,
                    "promise": "P1",
                    "reference": "variant:31",
                    "detail": "stock 11, ledger 10",
                    "first_seen_at": "2026-11-20T03:10:00+09:00",
                    "last_seen_at": "2026-11-20T04:20:00+09:00",
                    "resolved_at": None,
                }
            ]
        }
    )

    id: int
    promise: str
    reference: str
    detail: str
    first_seen_at: KoreanTime
    last_seen_at: KoreanTime
    resolved_at: KoreanTime | None
