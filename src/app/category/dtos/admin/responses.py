"""The category tree as staff see it."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

LEAF: dict[str, Any] = {
    "id": 2,
    "name": "스탠드백",
    "slug": "stand-bag",
    "parent_id": 1,
    "depth": 2,
    "position": 0,
    "product_count": 12,
    "subtree_product_count": 12,
    "version": 1,
    "children": [],
}
MAJOR: dict[str, Any] = {
    "id": 1,
    "name": "골프백",
    "slug": "golf-bag",
    "parent_id": None,
    "depth": 1,
    "position": 0,
    "product_count": 0,
    "subtree_product_count": 12,
    "version": 1,
    "children": [LEAF],
}


class CategoryAdminRead(BaseModel):
    """A category with what is below it, in the order to show. Products count whatever their status."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [MAJOR]})

    id: int
    name: str
    slug: str
    parent_id: int | None
    depth: int = Field(description="1 대분류, 2 중분류, 3 소분류.")
    position: int
    product_count: int = Field(description="Products directly in it.")
    subtree_product_count: int = Field(description="Products in it or anywhere below it, each once.")
    version: int
    children: "list[CategoryAdminRead]"
