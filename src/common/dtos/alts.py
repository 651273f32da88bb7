"""Alternative texts of images (WCAG 2.2, 1.1.1): the field types of inputs and responses."""

from typing import Annotated, Final

from pydantic import Field

from src.common.dtos.fields import OptionalLine

MAX_ALT: Final = 200
Alt = Annotated[
    OptionalLine,
    Field(
        max_length=MAX_ALT,
        examples=["블랙 스탠드백을 멘 골퍼의 뒷모습"],
        description="What the picture shows, for those who do not see it. Empty: what it belongs to is said instead.",
    ),
]
AltRead = Annotated[
    str,
    Field(
        description="For the picture's `alt`: never empty where there is a picture.", examples=["투어 스탠드백 블랙"]
    ),
]
OwnAlt = Annotated[str, Field(description="As staff wrote it; empty where `alt` says what the picture belongs to.")]


def alt_of(own: str, *instead: str) -> str:
    """Return the words of staff, else these."""
    return own or " ".join(word for word in instead if word)
