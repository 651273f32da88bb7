"""What may be asked about searching."""

from pydantic import BaseModel, ConfigDict, Field

from src.app.product.dtos.requests import SearchText
from src.common.dtos.day_range import DayRange
from src.common.dtos.pages import PageNumber, PageSize


class SuggestQuery(BaseModel):
    """What stands in the search field so far. Frozen, and equal for equal questions: it is the cache's key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: SearchText = Field(examples=["골프"])


class SearchTermQuery(DayRange):
    """Words by Korean days, the most searched first; `zero`: only those that found nothing, the most frequent first."""

    page: PageNumber = 1
    size: PageSize = 20
    zero: bool = False
