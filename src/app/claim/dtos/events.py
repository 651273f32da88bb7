"""Events that claims emit through the outbox."""

from dataclasses import dataclass
from typing import ClassVar

from src.common.work.outbox import Event


@dataclass(frozen=True, kw_only=True)
class LinesCancelled(Event):
    """The seller cancelled units of a paid order before shipping. Their refund is committed and sent afterwards."""

    topic: ClassVar[str] = "order.lines_cancelled"
    order_id: int
    cancel_id: int

    @property
    def aggregate(self) -> str:
        """The order: its news are told in the order in which they happened."""
        return f"order:{self.order_id}"
