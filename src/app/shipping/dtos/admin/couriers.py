"""Bodies of the routes about couriers."""

from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput, Line, Nfc
from src.common.dtos.links import is_link

PLACE: Final = "{number}"
LINK_WORDS: Final = {
    "ko": "{number}를 한 번 포함한 http(s):// 주소여야 합니다.",
    "en": "Must be an http(s):// address with {number} in it once.",
}
CJ: Final[dict[str, Any]] = {
    "code": "CJ",
    "name": "CJ대한통운",
    "name_en": "CJ Logistics",
    "aliases": ["대한통운", "CJ택배"],
    "naver_code": "CJGLS",
    "cafe24_code": "",
    "delivery_tracker_id": "kr.cjlogistics",
    "sweettracker_code": "04",
    "tracking_url": "https://trace.cjlogistics.com/next/tracking.html?wblNo={number}",
    "number_digits": [10, 12],
    "is_active": True,
}
CHOICE: Final[dict[str, Any]] = {
    name: CJ[name] for name in ("code", "name", "name_en", "tracking_url", "number_digits")
}


def _template(value: str) -> str:
    """Refuse what is no address on the web with one place for the number; braces elsewhere are no part of one."""
    sample = value.replace(PLACE, "1")
    if value and (value.count(PLACE) != 1 or not sample.startswith("http") or "{" in sample or not is_link(sample)):
        raise PydanticCustomError("tracking_url", "no link with a place for the number", dict(LINK_WORDS))
    return value


Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,19}$", examples=["CJ"], description="Ours; it never changes.")]
Name = Annotated[Line, Field(max_length=50)]
OtherCode = Annotated[
    str,
    Field(max_length=40, pattern=r"^[A-Za-z0-9._-]*$", description="Empty: not known."),
]
Digits = Annotated[int, Field(strict=True, ge=6, le=30)]
TrackingUrl = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    Field(max_length=300, description="The courier's page about a parcel; `{number}` is its number. Empty: none."),
    AfterValidator(_template),
    Nfc,
]


class CourierWrite(ClosedInput):
    """The whole of a courier. Its place in the list is its place on screens."""

    model_config = ConfigDict(json_schema_extra={"examples": [CJ]})

    code: Code
    name: Name
    name_en: Name
    aliases: Annotated[list[Name], Field(max_length=20, description="Other names that people write into sheets.")] = (
        Field(default_factory=list)
    )
    naver_code: OtherCode = ""
    cafe24_code: OtherCode = ""
    delivery_tracker_id: OtherCode = ""
    sweettracker_code: OtherCode = ""
    tracking_url: TrackingUrl = ""
    number_digits: Annotated[
        list[Digits],
        Field(max_length=10, description="How many digits its tracking numbers have. Empty: any, letters too."),
    ] = Field(default_factory=list)
    is_active: Annotated[bool, Field(strict=True)]


class CourierListWrite(ClosedInput):
    """All couriers in the order to show. One that is no longer used is switched off; none may be left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [CJ]}]})

    items: Annotated[list[CourierWrite], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.code for one in self.items}) < len(self.items):
            raise PydanticCustomError(
                "repeated_code",
                "a code is there twice",
                {"ko": "같은 택배사 코드가 두 번 들어 있습니다.", "en": "A code is named twice."},
            )
        return self


class CourierChoice(BaseModel):
    """A courier that staff may choose for a parcel."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [CHOICE]})

    code: str
    name: str = Field(description="택배사")
    name_en: str
    tracking_url: str = Field(description="`{number}` stands for the tracking number. Empty: no page.")
    number_digits: list[int] = Field(description="How many digits its tracking numbers have. Empty: any.")


class CourierRead(BaseModel):
    """A courier with the codes that others have for it; an empty one is not known."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [CJ]})

    code: str
    name: str = Field(description="택배사")
    name_en: str
    aliases: list[str]
    naver_code: str = Field(description="스마트스토어 택배사 코드")
    cafe24_code: str = Field(description="카페24 배송업체 번호")
    delivery_tracker_id: str
    sweettracker_code: str = Field(description="스마트택배 택배사 코드")
    tracking_url: str
    number_digits: list[int]
    is_active: bool


class CourierListRead(BaseModel):
    """All couriers in the order to show, and when the list was changed; null where it never was."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={"examples": [{"items": [CJ], "updated_at": "2026-11-20T09:00:00+09:00", "version": 2}]},
    )

    items: list[CourierRead]
    updated_at: KoreanTime | None
    version: int
