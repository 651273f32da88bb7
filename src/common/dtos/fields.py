"""Field types of inputs. All of them refuse zero bytes and other control characters, and treat a text without visible
characters as empty."""

import unicodedata
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from src.common.dtos import phones
from src.common.dtos.graphemes import is_visible

FIRST_ZIPCODE, LAST_ZIPCODE = "01000", "63644"
NAME_MARKS = frozenset(" .,'’·-()&")
REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})


class ClosedInput(BaseModel):
    """A request body or query: unknown fields are errors, numbers are numbers, nothing is coerced from text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def left_out(value: Any) -> Any:
    """The default of a PATCH's field that nobody reads, since `model_fields_set` does not name it. OpenAPI does not
    show it: clients made of the document send the defaults that they find, and would overwrite what they left out."""
    return Field(default_factory=lambda: value)


MAX_FILE_NAME = 200


def readable_name(name: str) -> str:
    """The last part of a file's name without what cannot be printed: a sender may write anything there."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:MAX_FILE_NAME]


def composed(value: Any) -> Any:
    """One form for what looks the same: macOS sends Korean decomposed, three times as long. Done before lengths are
    counted, because some letters are longer composed: what fitted before would not fit its column. Text of blanks,
    joiners and letters without a shape (U+3164, U+200B) is empty."""
    if not isinstance(value, str):
        return value
    is_empty = not is_visible(value) and not any(_is_refused(letter) for letter in value if letter not in "\n\r\t")
    return "" if is_empty else unicodedata.normalize("NFC", value)


def _is_refused(character: str) -> bool:
    return unicodedata.category(character) in REFUSED_CATEGORIES


def _no_control(value: str) -> str:
    # Fast path for nearly every text: printable text has no control characters.
    if not value.isprintable() and any(_is_refused(character) for character in value):
        raise PydanticCustomError("control_character", "control characters are not allowed")
    return value


def _no_control_but_lines(value: str) -> str:
    _no_control(value.replace("\n", "").replace("\r", "").replace("\t", ""))
    return value


def _person_name(value: str) -> str:
    """Letters and marks of any script, digits and a few signs: no emoji, no control characters."""
    for character in value:
        if unicodedata.category(character)[0] not in "LM" and not character.isdigit() and character not in NAME_MARKS:
            raise PydanticCustomError("name_character", "the name holds a character that names do not have")
    return value


def _korean_zipcode(value: str) -> str:
    if not FIRST_ZIPCODE <= value <= LAST_ZIPCODE:
        raise PydanticCustomError(
            "zipcode_unknown",
            "no Korean zipcode",
            {
                "ko": f"{FIRST_ZIPCODE}부터 {LAST_ZIPCODE}까지의 우편번호만 배송할 수 있습니다.",
                "en": f"Zipcodes go from {FIRST_ZIPCODE} to {LAST_ZIPCODE}.",
            },
        )
    return value


def _email(value: str) -> str:
    return unicodedata.normalize("NFKC", value).casefold()


Strip = StringConstraints(strip_whitespace=True, min_length=1)
Nfc = BeforeValidator(composed)
PersonName = Annotated[str, Strip, Field(max_length=50, examples=["김민지"]), AfterValidator(_person_name), Nfc]
Line = Annotated[str, Strip, Field(max_length=200), AfterValidator(_no_control), Nfc]
OptionalLine = Annotated[
    str, StringConstraints(strip_whitespace=True), Field(max_length=200), AfterValidator(_no_control), Nfc
]
Note = Annotated[
    str, StringConstraints(strip_whitespace=True), Field(max_length=500), AfterValidator(_no_control_but_lines), Nfc
]
MessageBody = Annotated[str, Strip, Field(max_length=4000), AfterValidator(_no_control_but_lines), Nfc]
AsWritten = WithJsonSchema(
    {
        "type": "string",
        "maxLength": phones.LONGEST_AS_WRITTEN,
        "description": "A Korean number however it is written (010-1234-5678, +82 10 1234 5678); kept as digits.",
        "examples": ["010-1234-5678"],
    }
)
AnyNumber = BeforeValidator(phones.normal_phone)
Phone = Annotated[str, AnyNumber, StringConstraints(pattern=phones.ANY), AsWritten]
"""A number for calls about an order; safe numbers (0507) are allowed."""
OwnPhone = Annotated[str, AnyNumber, StringConstraints(pattern=phones.OWN), AsWritten]
"""A person's own number: not 050x, which providers lend and reassign."""
MobilePhone = Annotated[str, AnyNumber, StringConstraints(pattern=phones.MOBILE), AsWritten]
"""A mobile number, which can receive text messages."""
Zipcode = Annotated[str, Field(pattern=r"^[0-9]{5}$", examples=["06236"]), AfterValidator(_korean_zipcode)]
"""A five-digit Korean postal zone (국가기초구역번호), from 01000 in Seoul to 63644 in Jeju."""
Email = Annotated[
    str,
    Strip,
    Field(
        max_length=254,
        pattern=r"^[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+$",
        examples=["minji@example.com"],
    ),
    AfterValidator(_email),
]
RowId = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
Quantity = Annotated[int, Field(strict=True, ge=1, le=999)]
