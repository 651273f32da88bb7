"""The rule for all links that staff enter and shoppers follow.

A link is a path of the shop, or an http or https address without user and without port 0, of at most 300 characters.
"""

from collections.abc import Collection
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from src.common.dtos.fields import Nfc
from src.common.dtos.graphemes import is_visible

MAX_LINK: Final = 300
WORDS: Final = {
    "ko": "/로 시작하는 경로나 http(s):// 주소여야 합니다.",
    "en": "Must be a path that begins with / or an http(s):// address.",
}


class UnfitLink(str):
    """A link against the rule: taken only where the row has it already. See `refuse_unfit`."""

    __slots__ = ()


def is_link(value: str) -> bool:
    """Whether the rule allows it. Empty text is no link and allowed: there is nowhere to go."""
    is_clean = value.isprintable() and not any(letter.isspace() or letter in '\\"<>' for letter in value)
    return not value or (is_clean and (_is_own_path(value) or _is_web(value)))


def refuse_unfit(given: str, *, stored: Collection[str], at: tuple[str | int, ...]) -> str:
    """The link as text. Raises the 422 of a field (its place in the body is `at`) where it is against the rule and none
    of the `stored` ones: what is there stays editable."""
    if isinstance(given, UnfitLink) and given not in stored:
        raise RequestValidationError([{"type": "link", "loc": ("body", *at), "msg": WORDS["en"], "ctx": WORDS}])
    return str(given)


def _link(value: str) -> str:
    if not is_link(value):
        raise PydanticCustomError("link", "the link must be an own path or http(s)", dict(WORDS))
    return value


def _marked(value: str) -> str:
    if is_link(value):
        return value
    return UnfitLink(value) if is_visible(value) else ""


def _is_own_path(value: str) -> bool:
    return value.startswith("/") and not value.startswith("//")


def _is_web(value: str) -> bool:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:  # a port that is no number
        return False
    is_host = any(letter.isalnum() for letter in parts.hostname or "")
    return parts.scheme in ("http", "https") and is_host and "@" not in parts.netloc and port != 0


_Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    Field(
        max_length=MAX_LINK,
        examples=["/shop/outstand/new"],
        description="A path of the shop, or http or https without a user; or empty.",
    ),
    Nfc,
]
Link = Annotated[_Text, AfterValidator(_link)]
EditedLink = Annotated[_Text, AfterValidator(_marked)]
"""`Link` in a change of a row: the service must pass it to `refuse_unfit` with the stored links."""
