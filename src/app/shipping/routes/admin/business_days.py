"""Staff routes of business days."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query

from src.app.shipping.dtos.admin.business_days import BusinessDayRead, BusinessDayWrite
from src.app.shipping.services.business_days import editing
from src.common.dtos.day_range import FIRST_DAY, LAST_DAY
from src.common.dtos.pages import Items
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "order:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "shipping:write"))]
Year = Annotated[int, Query(ge=FIRST_DAY.year, le=LAST_DAY.year, examples=[2026])]
Day = Annotated[date, Path(ge=FIRST_DAY, le=LAST_DAY, examples=["2026-12-24"])]

router = new_router("/admin/business-days", tags=["admin: shipping"])


@router.get("", operation_id="listBusinessDays")
async def list_business_days(year: Year, _: Reader) -> Items[BusinessDayRead]:
    """Public holidays of a year, and the days that the shop set apart. They decide by when lines are sent and returned."""
    return Items(items=await editing.of_year(year))


@router.put("/{day}", operation_id="setBusinessDay")
async def set_business_day(day: Day, body: BusinessDayWrite, by: Acting, _: Writer) -> BusinessDayRead:
    """Say that the shop works on a day, or does not. What was promised before keeps its day."""
    return await editing.put(day, body, by=by)


@router.delete("/{day}", operation_id="resetBusinessDay", status_code=204)
async def reset_business_day(day: Day, by: Acting, _: Writer) -> None:
    """Give the day back to the public calendar."""
    await editing.reset(day, by=by)
