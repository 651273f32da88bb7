"""Events of categories."""

from dataclasses import dataclass
from typing import ClassVar

from src.common.work.outbox import Event


@dataclass(frozen=True, kw_only=True)
class CategoryRenamed(Event):
    """A category has another name. Search indexes that name with its products."""

    topic: ClassVar[str] = "category.renamed"

    category_id: int

    @property
    def aggregate(self) -> str:
        """The category."""
        return f"category:{self.category_id}"


@dataclass(frozen=True, kw_only=True)
class CategoryMoved(Event):
    """A category stands elsewhere in the tree. Search indexes the names above it with its products."""

    topic: ClassVar[str] = "category.moved"

    category_id: int

    @property
    def aggregate(self) -> str:
        """The category."""
        return f"category:{self.category_id}"
