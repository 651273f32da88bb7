"""Field types of the inputs. All of them refuse zero bytes and other control characters."""

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

NAME_MARKS = frozenset(" .,'’·-()&")
REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})


class ClosedInput(BaseModel):
    """A request body or query: unknown fields are errors, numbers are numbers, nothing is coerced from text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def left_out(value: Any) -> Any:
    """The default of a PATCH's field that nobody reads, since `model_fields_set` does not name it. OpenAPI does not show
    it: clients made of the document send the defaults that they find, and would overwrite what they left out."""
    return Field(default_factory=lambda: value)


MAX_FILE_NAME = 200


def readable_name(name: str) -> str:
    """The last part of a file's name without what cannot be printed: a sender may write anything there."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:MAX_FILE_NAME]


def composed(value: Any) -> Any:
    """One form for what looks the same: macOS sends Korean decomposed, three times as long. Done before lengths are
    counted, because some letters are longer composed: what fitted before would not fit its column."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _no_control(value: str) -> str:
    if any(unicodedata.category(character) in REFUSED_CATEGORIES for character in value):
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


def _digits(value: Any) -> Any:
    """Drop the hyphens and blanks that people write in telephone numbers."""
    return value.replace("-", "").replace(" ", "") if isinstance(value, str) else value


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
MessageBody = Annotated[str, Strip, Field(max_length=4000), AfterValidator(_no_control_but_lines)]
Phone = Annotated[str, BeforeValidator(_digits), Field(pattern=r"^0[0-9]{8,10}$", examples=["01012345678"])]
Zipcode = Annotated[str, Field(pattern=r"^[0-9]{5}$", examples=["06236"])]
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
