"""Requests of staff about categories."""

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.common.dtos.fields import ClosedInput, Line, OptionalLine, RowId


def _with_letter(value: str) -> str:
    """Refuse a slug without a letter: it could be read as an id."""
    if value.replace("-", "").isdigit():
        raise PydanticCustomError(
            "slug_without_letter",
            "a slug holds a letter",
            {"ko": "영문 소문자가 하나 이상 있어야 합니다.", "en": "It needs at least one letter."},
        )
    return value


CategoryName = Annotated[Line, Field(max_length=50, examples=["스탠드백"])]
Slug = Annotated[
    str,
    Field(
        min_length=1,
        max_length=80,
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        examples=["stand-bag"],
        description="Lower-case letters, digits and single hyphens, at least one letter.",
    ),
    AfterValidator(_with_letter),
]
Reason = Annotated[OptionalLine, Field(examples=["봄 시즌 개편"], description="Why, for the log.")]
Siblings = Annotated[list[RowId], Field(min_length=1, max_length=1000)]


class CategoryCreate(ClosedInput):
    """A new category, the last of its siblings. Without a slug one is made from the name."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "스탠드백", "parent_id": 1, "slug": "stand-bag"}]}
    )

    name: CategoryName
    parent_id: RowId | None = Field(None, description="null: a major category.")
    slug: Slug | None = None
    reason: Reason = ""


class CategoryChange(ClosedInput):
    """What is left out stays. `parent_id: null` makes it a major category; where the parent changes, the whole subtree
    goes along, to the end of its new siblings."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "투어 스탠드백", "parent_id": 1}]})

    name: CategoryName | None = None
    slug: Slug | None = None
    parent_id: RowId | None = None
    reason: Reason = ""

    @property
    def moves(self) -> bool:
        """True if a parent is given, null included."""
        return "parent_id" in self.model_fields_set

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.name is None and self.slug is None and not self.moves:
            raise PydanticCustomError(
                "nothing_to_change",
                "nothing to change",
                {"ko": "변경할 항목이 없습니다.", "en": "There is nothing to change."},
            )
        return self


class CategoryReorder(ClosedInput):
    """All categories below one parent (null: the major ones), in the order to show."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"parent_id": 1, "ids": [4, 2, 9]}]})

    parent_id: RowId | None = None
    ids: Siblings
    reason: Reason = ""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.ids)) < len(self.ids):
            raise PydanticCustomError(
                "repeated_id",
                "an id is there twice",
                {"ko": "같은 카테고리가 두 번 들어 있습니다.", "en": "A category is named twice."},
            )
        return self
