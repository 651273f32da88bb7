"""Events of products."""

from dataclasses import dataclass
from typing import ClassVar

from src.common.utils.outbox import Event


@dataclass(frozen=True, kw_only=True)
class StockReturned(Event):
    """A colour and size for which somebody waits has stock again."""

    topic: ClassVar[str] = "stock.returned"

    variant_id: int

    @property
    def aggregate(self) -> str:
        """The variant."""
        return f"variant:{self.variant_id}"
