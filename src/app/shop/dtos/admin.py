"""Requests and responses of the staff routes for the legal details and the branding."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from src.app.shop.dtos.requests import INFO
from src.app.shop.dtos.responses import BRANDING, CHECK, BrandingRead, LegalInfo
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput, Email, Line, OptionalLine, PersonName
from src.common.dtos.links import is_link
from src.common.dtos.phones import SHOWN, shown_phone
from src.common.media.shapes import PictureChoice

WEIGHTS: Final = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def _business_number(value: str) -> str:
    """Return the number as ``123-45-67890``. Raises if its check digit, as the tax office computes it, is wrong."""
    if not value:
        return value
    digits = value.replace("-", "")
    if not is_business_number(digits):
        raise PydanticCustomError(
            "business_number",
            "no business number",
            {"ko": "올바른 사업자등록번호가 아닙니다.", "en": "This is no valid business number."},
        )
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def is_business_number(digits: str) -> bool:
    """Return whether these are the ten digits of a business number (사업자등록번호) with a right check digit."""
    return bool(re.fullmatch(r"[0-9]{10}", digits, re.ASCII)) and _adds_up([int(digit) for digit in digits])


def _adds_up(digits: list[int]) -> bool:
    weighed = sum(digit * weight for digit, weight in zip(digits[:9], WEIGHTS, strict=True)) + digits[8] * 5 // 10
    return (10 - weighed % 10) % 10 == digits[9]


Name = PersonName | Annotated[str, Field(max_length=0)]
Mail = Email | Annotated[str, Field(max_length=0)]
ServicePhone = Annotated[
    str,
    BeforeValidator(shown_phone),
    StringConstraints(strip_whitespace=True),
    Field(pattern=rf"^{SHOWN.pattern}$"),
    WithJsonSchema({"type": "string", "description": "고객센터 전화번호", "examples": ["02-1234-5678"]}),
]
BusinessNumber = Annotated[
    str, StringConstraints(strip_whitespace=True), Field(max_length=12), AfterValidator(_business_number)
]


def _link_or_nothing(value: str) -> str:
    if value and not is_link(value):
        raise PydanticCustomError(
            "link", "no link", {"ko": "http(s):// 주소여야 합니다.", "en": "Must be an http(s):// address."}
        )
    return value


SafetyUrl = Annotated[
    str, StringConstraints(strip_whitespace=True), Field(max_length=300), AfterValidator(_link_or_nothing)
]


class BrandingWrite(ClosedInput):
    """The whole of it: a logo or favicon of null takes it away."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"shop_name": "Micgolf", "logo": {"upload_id": 41}, "favicon": {"upload_id": 42}}]
        }
    )

    shop_name: Annotated[Line, Field(max_length=60)]
    logo: PictureChoice | None
    favicon: PictureChoice | None


class ShopInfoWrite(ClosedInput):
    """The whole of it. Empty text: not shown."""

    model_config = ConfigDict(json_schema_extra={"examples": [INFO]})

    company_name: Annotated[OptionalLine, Field(max_length=100)]
    representative: Name
    business_number: BusinessNumber
    mail_order_number: Annotated[OptionalLine, Field(max_length=40)]
    address: OptionalLine
    phone: ServicePhone
    email: Mail
    opening_hours: OptionalLine = ""
    privacy_officer: Name
    privacy_officer_email: Mail
    hosting_provider: Annotated[OptionalLine, Field(max_length=100)]
    safety_name: Annotated[OptionalLine, Field(max_length=100)] = ""
    safety_url: SafetyUrl = ""


class AdminBrandingRead(BrandingRead):
    """As shoppers see it, and when it was changed; null where it never was."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={"examples": [{**BRANDING, "updated_at": "2026-11-20T09:00:00+09:00", "version": 2}]},
    )

    updated_at: KoreanTime | None
    version: int


class AdminInfoRead(LegalInfo):
    """As shoppers see it, and when it was changed; null where it never was."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={"examples": [{**INFO, **CHECK, "updated_at": "2026-11-20T09:00:00+09:00", "version": 2}]},
    )

    updated_at: KoreanTime | None
    version: int
