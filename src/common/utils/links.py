"""Addresses that staff enter and shoppers follow: a path of the shop, or https."""

from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

MAX_LINK: Final = 300


def _link(value: str) -> str:
    """``/path`` or ``https://host/...``: no other scheme, no other host behind a path, no sign-in in front of one."""
    is_clean = value.isprintable() and not any(letter in value for letter in ' \\"<>')
    if value and not (is_clean and (_is_own_path(value) or _is_https(value))):
        raise PydanticCustomError(
            "link",
            "the link must be an own path or https",
            {
                "ko": "/로 시작하는 경로나 https:// 주소여야 합니다.",
                "en": "Must be a path that begins with / or an https:// address.",
            },
        )
    return value


def _is_own_path(value: str) -> bool:
    return value.startswith("/") and not value.startswith("//")


def _is_https(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:  # a port that is no number
        return False


Link = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    Field(max_length=MAX_LINK, examples=["/shop/outstand/new"], description="A path of the shop or https; or empty."),
    AfterValidator(_link),
]
