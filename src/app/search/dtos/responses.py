"""Suggestions and popular words."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from src.common.dtos.money import Won

PRODUCT: JsonDict = {
    "id": 7,
    "product_code": "01201110",
    "slug": "tour-stand-bag",
    "name": "투어 스탠드백",
    "price": 288000,
    "thumbnail_url": "/media/products/01201110/0-0.svg",
}
CATEGORY: JsonDict = {"id": 2, "name": "스탠드백", "slug": "stand-bag"}


class SuggestedProduct(BaseModel):
    """A product that the text finds."""

    id: int
    product_code: str
    slug: str
    name: str
    price: Won = Field(description="After the product's own discount.")
    thumbnail_url: str | None


class SuggestedCategory(BaseModel):
    """A category whose name holds the text."""

    id: int
    name: str
    slug: str


class Suggestions(BaseModel):
    """What to offer below the search field. `did_you_mean` is a word near the text, where the text finds nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"products": [PRODUCT], "categories": [CATEGORY], "terms": ["스탠드백"], "did_you_mean": None}]
        }
    )

    products: list[SuggestedProduct]
    categories: list[SuggestedCategory]
    terms: list[str] = Field(description="Popular words that hold the text.")
    did_you_mean: str | None


class PopularTerm(BaseModel):
    """A word that many looked for lately and found. `rank` counts from 1."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rank": 1, "term": "스탠드백"}]})

    rank: int
    term: str
