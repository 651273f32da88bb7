"""``?from=2026-11-01&to=2026-11-20``: Korean calendar days, both included."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.common.clock import korean_day

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2999, 12, 31)


def check_order(first: date | None, last: date | None) -> None:
    """Raise PydanticCustomError if the first day is after the last. Either may be open."""
    if first and last and first > last:
        raise PydanticCustomError(
            "reversed_range",
            "from is after to",
            {"ko": "시작일이 종료일보다 늦습니다.", "en": "The first day is after the last."},
        )


class DayRange(BaseModel):
    """Base of the queries that filter by days. Reversed days are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    from_day: date | None = Field(None, alias="from", ge=FIRST_DAY, le=LAST_DAY)
    to_day: date | None = Field(None, alias="to", ge=FIRST_DAY, le=LAST_DAY)

    @model_validator(mode="after")
    def _in_order(self) -> "DayRange":
        check_order(self.from_day, self.to_day)
        return self

    @property
    def starts_at(self) -> datetime | None:
        """First moment of the range in UTC."""
        return korean_day(self.from_day)[0] if self.from_day else None

    @property
    def ends_at(self) -> datetime | None:
        """First moment after the range in UTC."""
        return korean_day(self.to_day)[1] if self.to_day else None
