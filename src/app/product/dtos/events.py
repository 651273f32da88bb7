"""Events of products."""

from dataclasses import dataclass
from typing import ClassVar

from src.common.work.outbox import Event


@dataclass(frozen=True, kw_only=True)
class StockReturned(Event):
    """A colour and size for which somebody waits has stock again."""

    topic: ClassVar[str] = "stock.returned"

    variant_id: int

    @property
    def aggregate(self) -> str:
        """The variant."""
        return f"variant:{self.variant_id}"


@dataclass(frozen=True, kw_only=True)
class _OfProduct(Event):
    """Something that staff did with a product."""

    product_id: int

    @property
    def aggregate(self) -> str:
        """The product."""
        return f"product:{self.product_id}"


@dataclass(frozen=True, kw_only=True)
class ProductCreated(_OfProduct):
    """Staff added a product."""

    topic: ClassVar[str] = "product.created"


@dataclass(frozen=True, kw_only=True)
class ProductUpdated(_OfProduct):
    """Staff changed a product, its price, its colours or sizes, or took it out of the archive."""

    topic: ClassVar[str] = "product.updated"


@dataclass(frozen=True, kw_only=True)
class ProductArchived(_OfProduct):
    """Staff archived a product."""

    topic: ClassVar[str] = "product.archived"
