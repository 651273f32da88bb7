"""Bodies of the business-day screen."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from src.common.dtos.fields import ClosedInput, Line

DayName = Annotated[Line, Field(max_length=60, examples=["물류센터 정기 휴무"])]


class BusinessDayWrite(ClosedInput):
    """Whether the shop works on the day, and why it differs."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_open": False, "name": "물류센터 정기 휴무"}]})

    is_open: bool
    name: DayName


class BusinessDayRead(BaseModel):
    """A day that is no plain workday or weekend. `is_set`: by staff, else a public holiday."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"day": "2026-12-25", "is_open": False, "name": "기독탄신일", "is_set": False}]}
    )

    day: date
    is_open: bool
    name: str
    is_set: bool
