"""A staff member's own notifications."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from src.common.dtos.fields import ClosedInput, Email, MobilePhone

SAMPLE: dict[str, Any] = {
    "email": "staff@micgolf.example",
    "phone": "01012345678",
    "low_stock": {"mail": True, "sms": False},
}


class Ways(ClosedInput):
    """By which ways I am told."""

    mail: StrictBool = False
    sms: StrictBool = False


class NotificationsWrite(ClosedInput):
    """Where I am reached, and what I am told of. A way that is on needs its address."""

    model_config = ConfigDict(json_schema_extra={"examples": [SAMPLE]})

    email: Email | None = None
    phone: Annotated[MobilePhone | None, Field(description="A mobile number.")] = None
    low_stock: Ways = Field(default_factory=Ways)

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if (self.low_stock.mail and not self.email) or (self.low_stock.sms and not self.phone):
            raise PydanticCustomError(
                "address_missing",
                "a way that is on needs its address",
                {
                    "ko": "알림을 받을 이메일 주소나 휴대전화 번호를 입력해 주세요.",
                    "en": "Please enter the address or number for what is on.",
                },
            )
        return self


class WaysRead(BaseModel):
    """By which ways I am told."""

    mail: bool
    sms: bool


class NotificationsRead(BaseModel):
    """Where I am reached, and what I am told of. `low_stock`: once for each fall of a colour and size below the shop's
    line (`LOW_STOCK_LINE`)."""

    model_config = ConfigDict(json_schema_extra={"examples": [SAMPLE]})

    email: str | None
    phone: str | None
    low_stock: WaysRead
