"""Query parameters of search suggestions."""

from pydantic import BaseModel, ConfigDict, Field

from src.app.product.dtos.requests import SearchText


class SuggestQuery(BaseModel):
    """What stands in the search field so far. Frozen, and equal for equal questions: it is the cache's key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: SearchText = Field(examples=["골프"])
