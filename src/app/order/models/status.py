"""The states of orders and lines and the hops between them (docs/domain.md#orders)."""

from enum import StrEnum
from typing import Final


class OrderStatus(StrEnum):
    PENDING = "PENDING"
    AWAITING_DEPOSIT = "AWAITING_DEPOSIT"
    PAID = "PAID"
    PREPARING = "PREPARING"
    SHIPPING = "SHIPPING"
    DELIVERED = "DELIVERED"
    CONFIRMED = "CONFIRMED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


S = OrderStatus

FLOW: Final[dict[OrderStatus, frozenset[OrderStatus]]] = {
    S.PENDING: frozenset({S.AWAITING_DEPOSIT, S.PAID, S.EXPIRED, S.CANCELLED}),
    S.AWAITING_DEPOSIT: frozenset({S.PENDING, S.PAID, S.EXPIRED, S.CANCELLED}),
    S.PAID: frozenset({S.PREPARING, S.CANCELLED}),
    S.PREPARING: frozenset({S.SHIPPING, S.CANCELLED}),
    S.SHIPPING: frozenset({S.DELIVERED}),
    S.DELIVERED: frozenset({S.CONFIRMED}),
    S.CONFIRMED: frozenset(),
    S.EXPIRED: frozenset(),
    S.CANCELLED: frozenset(),
}
UNPAID: Final = (S.PENDING, S.AWAITING_DEPOSIT)
PAID_ON: Final = (S.PAID, S.PREPARING, S.SHIPPING, S.DELIVERED, S.CONFIRMED)
ENDED_UNPAID: Final = (S.EXPIRED, S.CANCELLED)


class ProcurementStatus(StrEnum):
    NONE = "NONE"
    CONFIRMED = "CONFIRMED"
    DELAYED = "DELAYED"


class ShippingStatus(StrEnum):
    NONE = "NONE"
    READY = "READY"
    SHIPPING = "SHIPPING"
    DELIVERED = "DELIVERED"


class ClaimStatus(StrEnum):
    """Only NONE: there are no claims yet. The claim states come with the claim domain."""

    NONE = "NONE"
