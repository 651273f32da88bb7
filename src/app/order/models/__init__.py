"""Orders, their lines and their timelines."""

from src.app.order.models.archive import (
    LineChangeArchive,
    OrderArchive,
    OrderEffectArchive,
    OrderEventArchive,
    OrderLineArchive,
    OrderRevivalArchive,
    OrderShippingRowArchive,
)
from src.app.order.models.effect import OrderEffect, OrderShippingRow
from src.app.order.models.event import OrderEvent
from src.app.order.models.legal_record import OrderLegalRecord
from src.app.order.models.line import OrderLine
from src.app.order.models.line_change import LineChange
from src.app.order.models.order import Order
from src.app.order.models.revival import OrderRevival
from src.app.order.models.separation import OrderSeparation
from src.app.order.models.status import (
    ENDED_UNPAID,
    FLOW,
    GONE,
    PAID_ON,
    UNPAID,
    ClaimStatus,
    DelayReason,
    DeliveryAttribute,
    OrderStatus,
    ProcurementStatus,
    ShippingStatus,
)

__all__ = [
    "ENDED_UNPAID",
    "FLOW",
    "GONE",
    "PAID_ON",
    "UNPAID",
    "ClaimStatus",
    "DelayReason",
    "DeliveryAttribute",
    "LineChange",
    "LineChangeArchive",
    "Order",
    "OrderArchive",
    "OrderEffect",
    "OrderEffectArchive",
    "OrderEvent",
    "OrderEventArchive",
    "OrderLegalRecord",
    "OrderLine",
    "OrderLineArchive",
    "OrderRevival",
    "OrderRevivalArchive",
    "OrderSeparation",
    "OrderShippingRow",
    "OrderShippingRowArchive",
    "OrderStatus",
    "ProcurementStatus",
    "ShippingStatus",
]
