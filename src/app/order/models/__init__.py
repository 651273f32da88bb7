"""Orders, their lines and their timelines."""

from src.app.order.models.archive import (
    OrderArchive,
    OrderEffectArchive,
    OrderEventArchive,
    OrderLineArchive,
    OrderShippingRowArchive,
)
from src.app.order.models.effect import OrderEffect, OrderShippingRow
from src.app.order.models.event import OrderEvent
from src.app.order.models.legal_record import OrderLegalRecord
from src.app.order.models.line import OrderLine
from src.app.order.models.order import Order
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
    "Order",
    "OrderArchive",
    "OrderEffect",
    "OrderEffectArchive",
    "OrderEvent",
    "OrderEventArchive",
    "OrderLegalRecord",
    "OrderLine",
    "OrderLineArchive",
    "OrderSeparation",
    "OrderShippingRow",
    "OrderShippingRowArchive",
    "OrderStatus",
    "ProcurementStatus",
    "ShippingStatus",
]
