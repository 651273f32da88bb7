"""Field types of staff accounts and roles."""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

LOGIN_ID = re.compile(r"[a-z0-9._-]{4,40}")
MAX_LOGIN_ID: Final = 40  # length of the column; NFKC can expand one character to eighteen


def normal_login_id(value: str) -> str:
    """Return the normalised login id (NFKC, casefold), as it is stored and looked up."""
    return unicodedata.normalize("NFKC", value.strip()).casefold()


def _login_id(value: str) -> str:
    """Normalise and check a login id. Look-alike letters of other scripts stay non-ASCII and are refused."""
    value = normal_login_id(value)
    if not LOGIN_ID.fullmatch(value):
        raise PydanticCustomError(
            "staff_login_id",
            "4 to 40 letters, digits, dots, underscores or hyphens",
            {
                "ko": "직원 아이디는 영문 소문자, 숫자, 마침표(.), 밑줄(_), 하이픈(-) 4~40자여야 합니다.",
                "en": "A staff login id has 4 to 40 letters a-z, digits, dots, underscores or hyphens.",
            },
        )
    return value


StaffLoginId = Annotated[str, Field(max_length=100, examples=["cs.lee"]), AfterValidator(_login_id)]
RoleCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{1,31}$", examples=["night_cs"])]
PermissionWord = Annotated[str, Field(max_length=48, examples=["order:read"])]
