"""Field types of members."""

import re
import unicodedata
from functools import lru_cache
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from src.common.dtos.fields import OptionalLine
from src.core.configs import settings

Policy = Literal["terms", "privacy", "marketing"]
POLICIES: Final[tuple[Policy, ...]] = ("terms", "privacy", "marketing")
REQUIRED_POLICIES: Final[frozenset[Policy]] = frozenset({"terms", "privacy"})

ConsentName = Literal["terms", "privacy", "marketing_email", "marketing_sms", "marketing_night"]
POLICY_OF: Final[dict[ConsentName, Policy]] = {
    "terms": "terms",
    "privacy": "privacy",
    "marketing_email": "marketing",
    "marketing_sms": "marketing",
    "marketing_night": "marketing",
}
MarketingChannel = Literal["email", "sms"]
ContactChannel = Literal["sms", "email"]
"""How a code reaches somebody: the telephone number or the e-mail address."""

LOGIN_ID = re.compile(r"[a-z0-9._-]{4,30}")
MAX_LOGIN_ID: Final = 40  # what the column holds; one character may become eighteen in its one spelling


def normal_login_id(value: str) -> str:
    """The one spelling of a login id (NFKC, casefold), as it is stored and looked up."""
    return unicodedata.normalize("NFKC", value.strip()).casefold()


def _login_id(value: str) -> str:
    """Look-alikes of other scripts do not become ASCII and are refused, so no two accounts look the same."""
    value = normal_login_id(value)
    if not LOGIN_ID.fullmatch(value):
        raise PydanticCustomError(
            "login_id",
            "4 to 30 letters, digits, dots, underscores or hyphens",
            {
                "ko": "아이디는 영문 소문자, 숫자, 마침표(.), 밑줄(_), 하이픈(-) 4~30자여야 합니다.",
                "en": "A login id has 4 to 30 letters a-z, digits, dots, underscores or hyphens.",
            },
        )
    return value


SEPARATORS: Final = str.maketrans("", "", "._-")
LOOK_ALIKES: Final = str.maketrans("01i23456789q", "ollzeasgtbgg")
PAIRS: Final = (("rn", "m"), ("nn", "m"), ("vv", "w"), ("cl", "d"))


def looks_like(login_id: str) -> str:
    """What a reader may take the login id for: separators gone, digits as the letters they stand for, pairs of letters
    as the one they look like. Other scripts need no table here: login ids have none (`_login_id`)."""
    text = normal_login_id(login_id).translate(SEPARATORS).translate(LOOK_ALIKES)
    for pair, letter in PAIRS:
        text = text.replace(pair, letter)
    return text


def is_reserved(login_id: str) -> bool:
    """Whether it is one of ``RESERVED_LOGIN_IDS`` or looks like one. Members who have it keep it."""
    return looks_like(login_id) in _reserved(settings().identity.reserved_login_ids)


@lru_cache(maxsize=8)
def _reserved(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(looks_like(name) for name in names) - {""}


LoginId = Annotated[str, Field(max_length=100, examples=["minji.kim"]), AfterValidator(_login_id)]
Label = Annotated[OptionalLine, Field(max_length=30, examples=["집"])]
