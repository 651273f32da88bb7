"""Field types of texts: composed before they are measured, so that what passes fits its column."""

import unicodedata
from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from src.common.dtos.content import LongText, Text, Title, Words
from src.common.dtos.fields import Line, Note, OptionalLine, PersonName

LIMITS: list[tuple[Any, int]] = [
    (Line, 200),
    (OptionalLine, 200),
    (Note, 500),
    (PersonName, 50),
    (Title, 120),
    (Words, 200),
    (Text, 20_000),
    (LongText, 100_000),
    (Annotated[OptionalLine, Field(max_length=40)], 40),
]


@pytest.mark.parametrize(("kind", "longest"), LIMITS)
def test_a_text_is_measured_as_it_is_kept(kind: Any, longest: int) -> None:
    adapter = TypeAdapter(kind)

    assert adapter.validate_python(unicodedata.normalize("NFD", "한" * longest)) == "한" * longest
    for value in ("한" * (longest + 1), "\u0958" * longest):  # composed, this letter is two
        with pytest.raises(ValidationError):
            adapter.validate_python(value)


@pytest.mark.parametrize("value", [None, 5, True, ["a"], {"a": 1}, "a\x00b"])
@pytest.mark.parametrize("kind", [Line, OptionalLine, Note, PersonName, Title, Text])
def test_what_is_no_text_is_refused(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)
