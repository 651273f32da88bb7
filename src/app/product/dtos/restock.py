"""Requests and responses of restock alerts."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.common.clock import KoreanTime
from src.common.dtos.alts import AltRead
from src.common.dtos.fields import ClosedInput, Email, OwnPhone, RowId

Channel = Literal["email", "sms"]
WHAT: dict[str, Any] = {
    "variant_id": 31,
    "product_id": 7,
    "product_code": "01201110",
    "name": "투어 스탠드백",
    "color": "블랙",
    "size": "9.0인치",
}


class RestockAsk(ClosedInput):
    """Which colour and size. A guest gives an e-mail address or a telephone number, used for this one message only;
    a member gives neither: the account's contact is used."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"variant_id": 31, "email": "minji@example.com"}, {"variant_id": 31}]}
    )

    variant_id: Annotated[RowId, Field(examples=[31])]
    email: Email | None = None
    phone: OwnPhone | None = None

    @model_validator(mode="after")
    def _one_contact(self) -> Self:
        if self.email is not None and self.phone is not None:
            raise PydanticCustomError(
                "two_contacts",
                "e-mail or telephone, not both",
                {
                    "ko": "이메일과 연락처 중 하나만 입력해 주세요.",
                    "en": "Give an e-mail address or a number, not both.",
                },
            )
        return self


class RestockAsked(BaseModel):
    """The message will come. The same answer for whoever asks again."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{**WHAT, "channel": "email"}]})

    variant_id: int
    product_id: int
    product_code: str
    name: str
    color: str
    size: str
    channel: Channel


class RestockAlertRead(RestockAsked):
    """One of my alerts that were not sent yet."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    **WHAT,
                    "channel": "email",
                    "id": 3,
                    "image_url": "/media/products/01201110/0-0.svg",
                    "alt": "투어 스탠드백 블랙",
                    "created_at": "2026-11-20T10:12:00+09:00",
                }
            ]
        },
    )

    id: int
    image_url: str | None
    alt: AltRead
    created_at: KoreanTime
