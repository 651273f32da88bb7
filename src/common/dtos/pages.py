"""Query and response models of lists, by page or by cursor."""

from typing import Annotated, Any, Generic, Protocol, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError
from tortoise.queryset import QuerySet

from src.common.dtos.keysets import Keyset
from src.core.database.models import Model

T = TypeVar("T")
R = TypeVar("R", bound=Model)

PageNumber = Annotated[int, Field(ge=1, le=10_000)]
PageSize = Annotated[int, Field(ge=1, le=100)]
CursorText = Annotated[
    str | None,
    Field(
        max_length=600,
        description="`next_cursor` of the answer before, instead of `page`: what follows its last row in the same order, "
        "whatever was added or removed meanwhile. With the same filters.",
        examples=["WyJvcmRlcnMiLCI3Il0"],
    ),
]


class PageQuery(BaseModel):
    """``?page=1&size=20``. Unknown parameters are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: PageNumber = 1
    size: PageSize = 20

    @property
    def offset(self) -> int:
        """Rows to skip."""
        return (self.page - 1) * self.size


class Cursored(BaseModel):
    """Beside `page` and `size`: ``?cursor=...``. `page` and `cursor` together, and a cursor of another list or order,
    are errors."""

    cursor: CursorText = None

    def keyset(self) -> Keyset:
        """The total order of the list, as it is asked for."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.cursor is None:
            return self
        if "page" in self.model_fields_set:
            raise PydanticCustomError(
                "page_and_cursor",
                "page and cursor exclude each other",
                {"ko": "page와 cursor는 함께 쓸 수 없습니다.", "en": "`page` and `cursor` exclude each other."},
            )
        try:
            self.keyset().values(self.cursor)
        except ValueError:
            raise PydanticCustomError(
                "cursor",
                "no cursor of this list in this order",
                {"ko": "이 목록의 cursor가 아닙니다.", "en": "Not a cursor of this list in this order."},
            ) from None
        return self


class Windowed(Protocol):
    """What `window` needs of a query."""

    @property
    def page(self) -> int: ...

    @property
    def size(self) -> int: ...

    @property
    def cursor(self) -> str | None: ...

    def keyset(self) -> Keyset: ...


class Items(BaseModel, Generic[T]):
    """A short list without pages."""

    items: list[T]


class Page(BaseModel, Generic[T]):
    """One page of a list in a total order. `page` is 1 where a cursor was asked for."""

    items: list[T]
    total: int
    page: int
    size: int
    next_cursor: str | None = Field(
        None,
        exclude_if=lambda value: value is None,
        description="`cursor` of what follows. Only there where something follows, on lists that take `cursor`.",
    )


async def window(found: QuerySet[R], asked: Windowed) -> tuple[list[R], str | None]:
    """The rows that are asked for, by page or by cursor, and the cursor of what follows them. One query."""
    keys = asked.keyset()
    if asked.cursor is None:
        part = found.offset((asked.page - 1) * asked.size)
    else:
        part = found.filter(keys.after(asked.cursor))
    rows = await part.order_by(*keys.order).limit(asked.size + 1)
    return cut(rows, asked.size, keys)


def cut(rows: list[Any], size: int, keys: Keyset) -> tuple[list[Any], str | None]:
    """The first `size` of these rows, objects or mappings, and the cursor of what follows them, if there are more."""
    shown = rows[:size]
    return shown, keys.cursor_of(shown[-1]) if len(rows) > size else None
