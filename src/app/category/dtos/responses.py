"""The category tree as the shop shows it."""

from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

LEAF: JsonDict = {"id": 2, "name": "스탠드백", "slug": "stand-bag", "depth": 2, "children": []}
MAJOR: JsonDict = {"id": 1, "name": "골프백", "slug": "golf-bag", "depth": 1, "children": [LEAF]}


class CategoryRead(BaseModel):
    """A category with what is below it, in the order to show. `depth` is 1 for a major category."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [MAJOR]})

    id: int
    name: str
    slug: str
    depth: int
    children: "list[CategoryRead]"
