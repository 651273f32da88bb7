"""Synonyms and search statistics as staff write and read them."""

from collections import defaultdict
from datetime import date
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.product.services.search.text import folded
from src.app.search.dtos.synonyms import MOST_SYNONYMS, SynonymRule
from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import ClosedInput
from src.common.dtos.pages import PageNumber, PageSize


class SearchTermQuery(DayRange):
    """Words by Korean days, the most searched first; `zero`: only those that found nothing, the most frequent first."""

    page: PageNumber = 1
    size: PageSize = 20
    zero: bool = False


class SearchTermRead(BaseModel):
    """A word over the days asked for. `misses` of its `searches` found nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"term": "스탠드백", "searches": 120, "misses": 3, "first_day": "2026-11-01", "last_day": "2026-11-20"}
            ]
        }
    )

    term: str
    searches: int
    misses: int
    first_day: date
    last_day: date


MOST_RULES: Final = 500


class Synonyms(ClosedInput):
    """All rules. What a rule says is no rule's beginning: 가 for 나 and 나 for 다 say nothing of 가 for 다."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [
                        {"term": "장갑", "synonyms": ["글러브", "glove"], "both_ways": True},
                        {"term": "가방", "synonyms": ["캐디백", "보스턴백"], "both_ways": False},
                    ]
                }
            ]
        }
    )

    items: Annotated[list[SynonymRule], Field(max_length=MOST_RULES)]

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        others: defaultdict[str, set[str]] = defaultdict(set)
        for rule in self.items:
            for asked, other in rule.pairs():
                others[folded(asked)].add(folded(other))
        if any(len(words) > MOST_SYNONYMS for words in others.values()):
            raise PydanticCustomError(
                "too_many_synonyms",
                "a word has too many synonyms over all rules",
                {
                    "ko": f"한 단어의 동의어는 모두 합쳐 {MOST_SYNONYMS}개까지입니다.",
                    "en": f"A word has at most {MOST_SYNONYMS} synonyms over all rules.",
                },
            )
        return self


class SynonymsRead(BaseModel):
    """All rules, and the version of the whole list."""

    items: list[SynonymRule]
    version: int
