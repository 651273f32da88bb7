"""Events that checkout emits through the outbox."""

from dataclasses import dataclass
from typing import ClassVar

from src.common.work.outbox import Event


@dataclass(frozen=True, kw_only=True)
class OrderPaid(Event):
    """An order was paid, or there was nothing to pay."""

    topic: ClassVar[str] = "order.paid"
    order_id: int

    @property
    def aggregate(self) -> str:
        """The order."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, kw_only=True)
class OrderAwaitsDeposit(Event):
    """A virtual account was issued for an order, or its buyer was told an account of the shop."""

    topic: ClassVar[str] = "order.awaiting_deposit"
    order_id: int

    @property
    def aggregate(self) -> str:
        """The order."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, kw_only=True)
class OrderAccountClosed(Event):
    """The virtual account that an order waited for was closed before its day: the order waits for another payment."""

    topic: ClassVar[str] = "order.account_closed"
    order_id: int
    payment_id: int

    @property
    def aggregate(self) -> str:
        """The order."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, kw_only=True)
class OrderExpired(Event):
    """An order was not paid in time: its stock went back."""

    topic: ClassVar[str] = "order.expired"
    order_id: int

    @property
    def aggregate(self) -> str:
        """The order."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Event):
    """A whole order was cancelled before it was shipped."""

    topic: ClassVar[str] = "order.cancelled"
    order_id: int

    @property
    def aggregate(self) -> str:
        """The order."""
        return f"order:{self.order_id}"
