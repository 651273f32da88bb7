"""Queries that the staff domain takes."""

from typing import Annotated

from pydantic import Field

from src.app.staff.dtos.fields import RoleCode
from src.app.staff.models import StaffStatus
from src.common.dtos.pages import PageQuery


class StaffQuery(PageQuery):
    """Staff members by part of their name or login id, role and status; the newest first."""

    q: Annotated[str, Field(max_length=50)] = ""
    role: RoleCode | None = None
    status: StaffStatus | None = None
