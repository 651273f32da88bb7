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
"""How a code is sent: by text message or by e-mail."""

LOGIN_ID = re.compile(r"[a-z0-9._-]{4,30}")
MAX_LOGIN_ID: Final = 40  # length of the column; NFKC can expand one character to eighteen


def normal_login_id(value: str) -> str:
    """Return the normalised login id (NFKC, casefold), as it is stored and looked up."""
    return unicodedata.normalize("NFKC", value.strip()).casefold()


def _login_id(value: str) -> str:
    """Normalise and check a login id. Look-alike letters of other scripts stay non-ASCII and are refused."""
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
    """Return a key that is equal for login ids that look alike.

    Separators are removed, digits become the letters that they resemble, and pairs of letters become the single letter
    that they resemble. Other scripts need no table: `_login_id` refuses them.
    """
    text = normal_login_id(login_id).translate(SEPARATORS).translate(LOOK_ALIKES)
    for pair, letter in PAIRS:
        text = text.replace(pair, letter)
    return text


def is_reserved(login_id: str) -> bool:
    """Return whether the login id is one of ``RESERVED_LOGIN_IDS`` or looks like one.

    Members who already have such a login id keep it.
    """
    return looks_like(login_id) in _reserved(settings().identity.reserved_login_ids)


@lru_cache(maxsize=8)
def _reserved(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(looks_like(name) for name in names) - {""}


LoginId = Annotated[str, Field(max_length=100, examples=["minji.kim"]), AfterValidator(_login_id)]
Label = Annotated[OptionalLine, Field(max_length=30, examples=["집"])]
