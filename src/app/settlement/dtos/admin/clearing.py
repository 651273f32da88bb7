"""Bodies of the clearing report."""

from typing import Final

from pydantic import BaseModel, ConfigDict, JsonValue

from src.app.order.models import OrderStatus
from src.common.clock import KoreanTime

UNCLEARED: Final[dict[str, JsonValue]] = {
    "order_no": "20261120-7Q6X9ZPM",
    "order_status": "PAID",
    "owed": 52500,
    "due_to_buyer": 0,
    "due_from_buyer": 0,
    "money": 49500,
    "difference": -3000,
    "is_booked": True,
    "found_at": "2026-11-21T04:20:11+09:00",
}


class UnclearedRead(BaseModel):
    """An order that does not clear, with its sums of now in signed won.

    `owed` is what the buyer owes for it, `money` what the shop has of it, `due_...` what open refunds and claims are
    still to move; `difference = money - owed - due_to_buyer + due_from_buyer`, 0 once it clears. `is_booked` is false
    for a paid order of which the journal has no sale.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [UNCLEARED]})

    order_no: str
    order_status: OrderStatus | None
    owed: int
    due_to_buyer: int
    due_from_buyer: int
    money: int
    difference: int
    is_booked: bool
    found_at: KoreanTime


class ClearingRead(BaseModel):
    """A page of the orders that do not clear, the newest finding first; `checked_at` is the last nightly look, null
    before the first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"items": [UNCLEARED], "total": 1, "page": 1, "size": 20, "checked_at": "2026-11-21T04:20:12+09:00"}
            ]
        }
    )

    items: list[UnclearedRead]
    total: int
    page: int
    size: int
    checked_at: KoreanTime | None
