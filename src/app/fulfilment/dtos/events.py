"""Events that fulfilment emits through the outbox."""

from dataclasses import dataclass
from typing import ClassVar

from src.common.work.outbox import Event


@dataclass(frozen=True, kw_only=True)
class _OfLines(Event):
    order_id: int
    line_ids: tuple[int, ...]

    @property
    def aggregate(self) -> str:
        """The order: its news are told in the order in which they happened."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, kw_only=True)
class OrderPreparing(_OfLines):
    """Staff took these lines of an order into work (발주확인)."""

    topic: ClassVar[str] = "order.preparing"


@dataclass(frozen=True, kw_only=True)
class OrderDelayed(_OfLines):
    """These lines will be sent on the day `until` (ISO 8601) only (발송지연)."""

    topic: ClassVar[str] = "order.delayed"
    until: str


@dataclass(frozen=True, kw_only=True)
class OrderConfirmed(_OfLines):
    """The purchase of these lines was confirmed, by the shopper or by itself (구매확정)."""

    topic: ClassVar[str] = "order.confirmed"


@dataclass(frozen=True, kw_only=True)
class _OfShipment(Event):
    order_id: int
    shipment_id: int

    @property
    def aggregate(self) -> str:
        """The order: its news are told in the order in which they happened."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, kw_only=True)
class OrderShipped(_OfShipment):
    """A parcel is on its way and the shopper is to hear of it: with its first scan, else some time after it was sent.
    Once a shipment."""

    topic: ClassVar[str] = "order.shipped"


@dataclass(frozen=True, kw_only=True)
class ShipmentMoved(_OfShipment):
    """A shipment was sent (no `was`) or moved from the state `was` to `to`."""

    topic: ClassVar[str] = "shipment.moved"
    was: str
    to: str


@dataclass(frozen=True, kw_only=True)
class ShipmentCorrected(_OfShipment):
    """What the shopper was told of a shipment is wrong: it has another number now, or was taken back."""

    topic: ClassVar[str] = "shipment.corrected"


@dataclass(frozen=True, kw_only=True)
class ShipmentContested(_OfShipment):
    """The shopper says that a shipment which is called delivered did not arrive. Once, until staff decide."""

    topic: ClassVar[str] = "shipment.contested"
