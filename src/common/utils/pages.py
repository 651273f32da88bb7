"""Lists: what a caller may ask, and the shape of the answer."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

PageNumber = Annotated[int, Field(ge=1, le=10_000)]
PageSize = Annotated[int, Field(ge=1, le=100)]


class PageQuery(BaseModel):
    """``?page=1&size=20``. Unknown parameters are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: PageNumber = 1
    size: PageSize = 20

    @property
    def offset(self) -> int:
        """Rows to skip."""
        return (self.page - 1) * self.size


class Items(BaseModel, Generic[T]):
    """A short list without pages."""

    items: list[T]


class Page(BaseModel, Generic[T]):
    """One page of a list in a total order."""

    items: list[T]
    total: int
    page: int
    size: int
