"""Passwords that people choose: their one spelling, and the rules for new ones."""

import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, Field, SecretStr
from pydantic_core import PydanticCustomError

MIN_BYTES: Final = 8
MAX_BYTES: Final = 72  # bcrypt ignores further bytes
MAX_TYPED: Final = 4 * MAX_BYTES  # a text with more characters cannot normalise to MAX_BYTES


def normal_password(value: str) -> str:
    """Return the NFKC form of a password, which is the one that is hashed.

    macOS enters Hangul decomposed, other systems composed, and some keyboards enter full-width letters. A value longer
    than `MAX_TYPED` is returned unchanged: it cannot be a valid password.
    """
    return unicodedata.normalize("NFKC", value) if len(value) <= MAX_TYPED else value


def _new_password(value: SecretStr) -> SecretStr:
    """Normalise a new password and check the rules on the normalised form."""
    secret = normal_password(value.get_secret_value())
    kinds = {unicodedata.category(character) for character in secret}
    has_symbol = any(kind[0] in "PS" for kind in kinds)
    is_clean = not any(kind[0] == "C" for kind in kinds)
    is_long_enough = MIN_BYTES <= len(secret.encode()) <= MAX_BYTES
    if not (is_long_enough and is_clean and has_symbol and "Lu" in kinds and "Nd" in kinds):
        raise PydanticCustomError(
            "weak_password",
            "8 to 72 bytes with an upper-case letter, a digit and a symbol",
            {
                "ko": "비밀번호는 영문 대문자, 숫자, 특수문자를 포함한 8~72바이트여야 합니다.",
                "en": "A password has 8 to 72 bytes with an upper-case letter, a digit and a symbol.",
            },
        )
    return SecretStr(secret)


NewPassword = Annotated[SecretStr, Field(examples=["Golf!2345"]), AfterValidator(_new_password)]
