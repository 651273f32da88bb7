"""What staff ask about staff and roles, and bodies that change them."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.staff.dtos.fields import PermissionWord, RoleCode, StaffLoginId
from src.app.staff.models import StaffStatus
from src.common.dtos.fields import ClosedInput, PersonName
from src.common.dtos.pages import PageQuery
from src.common.dtos.passwords import NewPassword
from src.common.dtos.reasons import OptionalReason

Permissions = Annotated[list[PermissionWord], Field(max_length=200, examples=[["order:read", "claim:read"]])]
RoleTitle = Annotated[PersonName, Field(examples=["야간 상담"])]


class StaffQuery(PageQuery):
    """Staff members by part of their name or login id, role and status; the newest first."""

    q: Annotated[str, Field(max_length=50)] = ""
    role: RoleCode | None = None
    status: StaffStatus | None = None


class _SomeChange(ClosedInput):
    """At least one field besides the reason."""

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set - {"reason"}:
            raise PydanticCustomError(
                "nothing_to_change",
                "nothing to change",
                {"ko": "변경할 항목이 없습니다.", "en": "There is nothing to change."},
            )
        return self


class StaffCreate(ClosedInput):
    """A new staff member with a first password, which opens nothing but its own change."""

    login_id: StaffLoginId
    name: PersonName
    role: RoleCode
    password: NewPassword


class StaffChange(_SomeChange):
    """What is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "SUSPENDED", "reason": "퇴사"}]})

    name: PersonName | None = None
    role: RoleCode | None = None
    status: StaffStatus | None = None
    reason: OptionalReason = ""


class StaffPassword(ClosedInput):
    """A new password for somebody who lost theirs. It opens nothing but its own change."""

    password: NewPassword
    reason: OptionalReason = ""


class RoleCreate(ClosedInput):
    """A new role. Nobody gives more than they may do themselves."""

    code: RoleCode
    name: RoleTitle
    permissions: Permissions


class RoleChange(_SomeChange):
    """What is left out stays. New permissions replace the old ones, and everybody with the role signs in again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"permissions": ["order:read", "claim:read"]}]})

    name: RoleTitle | None = None
    permissions: Permissions | None = None
