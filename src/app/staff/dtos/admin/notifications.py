"""A staff member's own notifications."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from src.app.staff.models import StaffNews
from src.common.dtos.fields import ClosedInput, Email, MobilePhone

SAMPLE: dict[str, Any] = {
    "email": "staff@micgolf.example",
    "phone": "01012345678",
    "low_stock": {"mail": True, "sms": False},
    "order_paid": {"mail": False, "sms": False},
    "ship_by": {"mail": True, "sms": False},
    "parcel_trouble": {"mail": True, "sms": False},
    "discrepancy": {"mail": True, "sms": True},
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
    order_paid: Ways = Field(default_factory=Ways)
    ship_by: Ways = Field(default_factory=Ways)
    parcel_trouble: Ways = Field(default_factory=Ways)
    discrepancy: Ways = Field(default_factory=Ways)

    @property
    def wanted(self) -> dict[StaffNews, Ways]:
        """By which ways of what."""
        return {news: getattr(self, news.value) for news in StaffNews}

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        ways = self.wanted.values()
        if (any(each.mail for each in ways) and not self.email) or (any(each.sms for each in ways) and not self.phone):
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
    """Where I am reached, and what I am told of, each once.

    - `low_stock`: a colour and size fell to the shop's line (`LOW_STOCK_LINE`) or below.
    - `order_paid`: an order was paid.
    - `ship_by`: lines that are to be sent today or should have been, on the morning of every business day.
    - `parcel_trouble`: a wrong number, a failed attempt, lost, sent back, or the shopper says that it did not arrive.
    - `discrepancy`: money that a person must look at, as on the list of discrepancies.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [SAMPLE]})

    email: str | None
    phone: str | None
    low_stock: WaysRead
    order_paid: WaysRead
    ship_by: WaysRead
    parcel_trouble: WaysRead
    discrepancy: WaysRead
