"""What staff change in the lists."""

from typing import Annotated, ClassVar, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.common.dtos.content import Moment, SomeChange
from src.common.dtos.fields import ClosedInput, Line, RowId

MOST = 100
ProductCode = Annotated[Line, Field(max_length=40, examples=["01201110"])]


class PicksOrder(ClosedInput):
    """The whole list, in the order to show. What is not named leaves the list; what was in it keeps its settings."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"product_ids": [7, 3, 12]}]})

    product_ids: Annotated[list[RowId], Field(max_length=MOST)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.product_ids)) != len(self.product_ids):
            raise PydanticCustomError(
                "repeated",
                "a product is named twice",
                {"ko": "같은 상품이 두 번 들어 있습니다.", "en": "A product is named twice."},
            )
        return self


class PickAdd(ClosedInput):
    """A product for the end of the list. Without a period it is shown until it is taken out."""

    product_code: ProductCode
    is_active: bool = True
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class PickChange(SomeChange):
    """What is left out stays; a null opens the period on that side."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_active": False}]})
    nullable: ClassVar[frozenset[str]] = frozenset({"starts_at", "ends_at"})

    is_active: bool | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class RuleChange(ClosedInput):
    """`by_rule`: the list shows what was released in the last `days` days, the newest first. Otherwise it is by
    hand. Its picks are kept meanwhile."""

    by_rule: Annotated[bool, Field(examples=[True])]
    days: Annotated[int, Field(strict=True, ge=1, le=365, examples=[30])]
