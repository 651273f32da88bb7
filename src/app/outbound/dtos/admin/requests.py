"""Requests of the staff routes for outgoing webhooks."""

from datetime import timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import ClosedInput, OptionalLine
from src.common.dtos.keysets import Keyset
from src.common.dtos.pages import Cursored, PageNumber, PageQuery, PageSize

LONGEST_RANGE: Final = timedelta(days=31)

DeliveryState = Literal["pending", "delivered", "failed"]
TypeName = Annotated[str, Field(max_length=64, pattern=r"^[a-z_]+\.[a-z_]+$")]
Url = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    Field(description="https to a public host.", examples=["https://erp.example.com/hooks/micgolf"]),
]
Switch = Annotated[bool, Field(strict=True)]
Moment = Annotated[AwareDatetime, Field(description="RFC 3339 with an offset.", examples=["2026-11-20T00:00:00+09:00"])]


def _once_each(names: list[str] | None) -> None:
    if names is not None and len(set(names)) != len(names):
        raise PydanticCustomError(
            "repeated",
            "a type twice",
            {"ko": "같은 이벤트가 두 번 들어 있습니다.", "en": "An event type is in it twice."},
        )


Types = Annotated[list[TypeName], Field(min_length=1, max_length=50, examples=[["order.paid"]])]
CREATE: JsonDict = {
    "url": "https://erp.example.com/hooks/micgolf",
    "description": "ERP 주문 연동",
    "event_types": ["order.paid"],
}


class WebhookQuery(PageQuery):
    """Which webhooks."""

    is_active: bool | None = Field(None, description="Both where it is left out.")


class WebhookCreate(ClosedInput):
    """A new webhook. With personal data it needs `pii:read` as well."""

    model_config = ConfigDict(json_schema_extra={"examples": [CREATE]})

    url: Url
    description: OptionalLine = ""
    event_types: Types
    is_active: Switch = True
    with_personal_data: Switch = False

    @model_validator(mode="after")
    def _types_once_each(self) -> Self:
        _once_each(self.event_types)
        return self


class WebhookChange(ClosedInput):
    """What is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_active": False}]})

    url: Url | None = None
    description: OptionalLine | None = None
    event_types: Types | None = None
    is_active: Switch | None = None
    with_personal_data: Switch | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise PydanticCustomError(
                "nothing_to_change",
                "nothing to change",
                {"ko": "변경할 항목이 없습니다.", "en": "There is nothing to change."},
            )
        _once_each(self.event_types)
        return self


class DeliveryQuery(Cursored, DayRange):
    """Deliveries of a webhook, made on these Korean days. The newest first."""

    page: PageNumber = 1
    size: PageSize = 20
    status: DeliveryState | None = None
    type: Annotated[str | None, Field(max_length=64)] = None

    def keyset(self) -> Keyset:
        """By number, the newest first."""
        return Keyset("deliveries")


class ReplayRange(ClosedInput):
    """Deliveries made in ``[since, until)``, 31 days at most: the failed ones, or delivered ones too."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"since": "2026-11-20T00:00:00+09:00", "until": "2026-11-21T00:00:00+09:00"}],
        }
    )

    since: Moment
    until: Moment
    only_failed: Switch = True

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if not timedelta() < self.until - self.since <= LONGEST_RANGE:
            raise PydanticCustomError(
                "range",
                "until must come after since, by 31 days at most",
                {
                    "ko": "종료 시각은 시작 시각보다 뒤이고 31일을 넘지 않아야 합니다.",
                    "en": "The end must come after the start, by 31 days at most.",
                },
            )
        return self
