"""The states of a shipment and the hops between them (docs/domain.md#shipments)."""

from enum import StrEnum
from typing import Final


class ShipmentState(StrEnum):
    """Where a parcel is. What was LOST or RETURNED_TO_SENDER may be sent again."""

    READY = "READY"
    IN_TRANSIT = "IN_TRANSIT"
    ATTEMPT_FAILED = "ATTEMPT_FAILED"
    WRONG_NUMBER = "WRONG_NUMBER"
    DELIVERED = "DELIVERED"
    LOST = "LOST"
    RETURNED_TO_SENDER = "RETURNED_TO_SENDER"
    CANCELLED = "CANCELLED"


class Direction(StrEnum):
    """OUT goes to the shopper. IN comes back, with a claim."""

    OUT = "OUT"
    IN = "IN"


class ShipmentMethod(StrEnum):
    """How it travels: PARCEL 택배, DIRECT 직접 배송, QUICK 퀵서비스, VISIT 방문 수령, NONE 배송 없음. Only PARCEL has a
    courier and a tracking number."""

    PARCEL = "PARCEL"
    DIRECT = "DIRECT"
    QUICK = "QUICK"
    VISIT = "VISIT"
    NONE = "NONE"


class DeliveredBy(StrEnum):
    """Who says that it arrived: the courier's scan, staff, or nobody, and it is taken for granted after some days."""

    SCAN = "SCAN"
    STAFF = "STAFF"
    ASSUMED = "ASSUMED"


class ShipmentAction(StrEnum):
    """CORRECT_NUMBER is 송장 수정; every other word is the state to which staff may move the shipment."""

    CORRECT_NUMBER = "CORRECT_NUMBER"
    IN_TRANSIT = "IN_TRANSIT"
    ATTEMPT_FAILED = "ATTEMPT_FAILED"
    WRONG_NUMBER = "WRONG_NUMBER"
    DELIVERED = "DELIVERED"
    LOST = "LOST"
    RETURNED_TO_SENDER = "RETURNED_TO_SENDER"
    CANCELLED = "CANCELLED"


S = ShipmentState

FLOW: Final[dict[ShipmentState, frozenset[ShipmentState]]] = {
    S.READY: frozenset(
        {S.IN_TRANSIT, S.ATTEMPT_FAILED, S.WRONG_NUMBER, S.DELIVERED, S.LOST, S.RETURNED_TO_SENDER, S.CANCELLED}
    ),
    S.IN_TRANSIT: frozenset({S.READY, S.ATTEMPT_FAILED, S.WRONG_NUMBER, S.DELIVERED, S.LOST, S.RETURNED_TO_SENDER}),
    S.ATTEMPT_FAILED: frozenset({S.READY, S.IN_TRANSIT, S.WRONG_NUMBER, S.DELIVERED, S.LOST, S.RETURNED_TO_SENDER}),
    S.WRONG_NUMBER: frozenset(
        {S.READY, S.IN_TRANSIT, S.ATTEMPT_FAILED, S.DELIVERED, S.LOST, S.RETURNED_TO_SENDER, S.CANCELLED}
    ),
    S.DELIVERED: frozenset({S.READY, S.IN_TRANSIT, S.WRONG_NUMBER, S.LOST, S.RETURNED_TO_SENDER}),
    S.LOST: frozenset({S.IN_TRANSIT, S.DELIVERED, S.RETURNED_TO_SENDER}),
    S.RETURNED_TO_SENDER: frozenset({S.IN_TRANSIT, S.DELIVERED}),
    S.CANCELLED: frozenset(),
}
"""READY from another state only by a corrected number: the scans so far were of somebody else's parcel."""
SENT: Final = frozenset({S.READY, S.IN_TRANSIT, S.ATTEMPT_FAILED, S.WRONG_NUMBER, S.DELIVERED})
"""States whose units count as `shipped`."""
OPEN: Final = frozenset({S.READY, S.IN_TRANSIT, S.ATTEMPT_FAILED, S.WRONG_NUMBER})
"""States of a parcel that is expected to move on."""
