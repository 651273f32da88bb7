"""What fulfilment answers to shoppers."""

from pydantic import BaseModel, ConfigDict

from src.app.order.models import OrderStatus
from src.app.order.services.lines.actions import LineAction
from src.common.clock import KoreanTime


class LineState(BaseModel):
    """A line of my order after a command, and the status of its order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "order_no": "20261120-7Q6X9ZPM",
                    "order_status": "CONFIRMED",
                    "line_no": "20261120-7Q6X9ZPM-01",
                    "status": "CONFIRMED",
                    "confirmed_at": "2026-11-27T09:00:00+09:00",
                    "hold_confirmation_until": None,
                    "allowed_actions": [],
                }
            ]
        }
    )

    order_no: str
    order_status: OrderStatus
    line_no: str
    status: OrderStatus
    confirmed_at: KoreanTime | None
    hold_confirmation_until: KoreanTime | None
    allowed_actions: list[LineAction]
