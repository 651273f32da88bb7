"""Synonym rules, maintained by staff."""

from collections.abc import Iterator
from typing import Annotated, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.product.services.search.text import folded
from src.common.dtos.fields import Line

MOST_SYNONYMS: Final = 20  # of one word, over all rules


def _with_letters(value: str) -> str:
    if not any(map(str.isalnum, folded(value))):
        raise PydanticCustomError(
            "no_letters",
            "the word needs a letter or digit",
            {"ko": "글자나 숫자가 있어야 합니다.", "en": "The word needs a letter or digit."},
        )
    return value


Term = Annotated[Annotated[Line, Field(max_length=40)], AfterValidator(_with_letters)]


class SynonymRule(BaseModel):
    """Who asks for `term` finds the products of `synonyms` too. `both_ways`: all of these words find each other."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"term": "장갑", "synonyms": ["글러브", "glove"], "both_ways": True}]},
    )

    term: Term
    synonyms: Annotated[list[Term], Field(min_length=1, max_length=MOST_SYNONYMS)]
    both_ways: bool = True

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of (searched term, term that it also finds)."""
        words = [self.term, *self.synonyms]
        for asked in words if self.both_ways else words[:1]:
            yield from ((asked, other) for other in words if other != asked)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        words = [folded(word) for word in (self.term, *self.synonyms)]
        if len(set(words)) < len(words):
            raise PydanticCustomError(
                "repeated_word",
                "a word stands in the rule twice",
                {"ko": "같은 단어가 두 번 있습니다.", "en": "A word stands in the rule twice."},
            )
        return self
