"""The states of orders and lines and the hops between them (docs/domain.md#orders)."""

from enum import StrEnum
from typing import Final


class OrderStatus(StrEnum):
    """The status of an order, and of a line. EXCHANGED is a line's only: an exchanged line has its replacement."""

    PENDING = "PENDING"
    AWAITING_DEPOSIT = "AWAITING_DEPOSIT"
    PAID = "PAID"
    PREPARING = "PREPARING"
    SHIPPING = "SHIPPING"
    DELIVERED = "DELIVERED"
    CONFIRMED = "CONFIRMED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"
    RETURNED = "RETURNED"
    EXCHANGED = "EXCHANGED"


S = OrderStatus

# The hops of `timeline.advance`: order and lines together. From PAID on the status follows from the lines' numbers
# (`services.lines.statuses`) and may go both ways.
FLOW: Final[dict[OrderStatus, frozenset[OrderStatus]]] = {
    **dict.fromkeys(OrderStatus, frozenset()),
    S.PENDING: frozenset({S.AWAITING_DEPOSIT, S.PAID, S.EXPIRED, S.CANCELLED}),
    S.AWAITING_DEPOSIT: frozenset({S.PENDING, S.PAID, S.EXPIRED, S.CANCELLED}),
    S.EXPIRED: frozenset({S.PENDING}),
}
UNPAID: Final = (S.PENDING, S.AWAITING_DEPOSIT)
PAID_ON: Final = (S.PAID, S.PREPARING, S.SHIPPING, S.DELIVERED, S.CONFIRMED, S.RETURNED)
ENDED_UNPAID: Final = (S.EXPIRED, S.CANCELLED)
GONE: Final = frozenset({S.CANCELLED, S.RETURNED, S.EXCHANGED})
"""Statuses of a line of which nothing stays with the buyer."""


class ProcurementStatus(StrEnum):
    """발주: CONFIRMED once staff took the line into work. A delay is a fact beside it (`OrderLine.delayed_until`)."""

    NONE = "NONE"
    CONFIRMED = "CONFIRMED"


class ShippingStatus(StrEnum):
    """배송: READY until the first scan of a parcel, SHIPPING from then on, DELIVERED when all that was not cancelled
    arrived."""

    NONE = "NONE"
    READY = "READY"
    SHIPPING = "SHIPPING"
    DELIVERED = "DELIVERED"


class DeliveryAttribute(StrEnum):
    """배송속성, as staff sort their work: TODAY 오늘출발, HOPE 희망일배송, RESERVED 예약구매."""

    NORMAL = "NORMAL"
    TODAY = "TODAY"
    HOPE = "HOPE"
    RESERVED = "RESERVED"


class DelayReason(StrEnum):
    """Why a line ships later (발송지연 사유)."""

    PRODUCT_PREPARE = "PRODUCT_PREPARE"
    CUSTOMER_REQUEST = "CUSTOMER_REQUEST"
    CUSTOM_BUILD = "CUSTOM_BUILD"
    RESERVED_DISPATCH = "RESERVED_DISPATCH"
    OVERSEA_DELIVERY = "OVERSEA_DELIVERY"
    ETC = "ETC"


class ClaimStatus(StrEnum):
    """Only NONE: there are no claims yet. The claim states come with the claim domain."""

    NONE = "NONE"
