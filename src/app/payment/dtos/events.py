"""Events that payment emits through the outbox."""

from dataclasses import dataclass
from typing import ClassVar

from src.common.work.outbox import Event


@dataclass(frozen=True, kw_only=True)
class RefundSucceeded(Event):
    """PortOne says that the money is on its way back to the payer."""

    topic: ClassVar[str] = "refund.succeeded"
    refund_id: int

    @property
    def aggregate(self) -> str:
        """The refund."""
        return f"refund:{self.refund_id}"


@dataclass(frozen=True, kw_only=True)
class RefundAccountChanged(Event):
    """Refunds of an order go to another bank account from now on, or may after a decision of staff."""

    topic: ClassVar[str] = "refund.account_changed"
    order_id: int
    account_id: int

    @property
    def aggregate(self) -> str:
        """The order."""
        return f"order:{self.order_id}"


@dataclass(frozen=True, kw_only=True)
class RefundNeedsAccount(Event):
    """A refund waits for the shopper's bank account (docs/promises.md#p4)."""

    topic: ClassVar[str] = "refund.needs_account"
    refund_id: int

    @property
    def aggregate(self) -> str:
        """The refund."""
        return f"refund:{self.refund_id}"


@dataclass(frozen=True, kw_only=True)
class DiscrepancyFound(Event):
    """Money that a person must look at was put on the list of discrepancies."""

    topic: ClassVar[str] = "payment.discrepancy"
    discrepancy_id: int

    @property
    def aggregate(self) -> str:
        """The discrepancy."""
        return f"discrepancy:{self.discrepancy_id}"
