"""Bodies that the staff domain answers."""

from pydantic import BaseModel

from src.app.staff.models import StaffStatus
from src.common.clock import KoreanTime


class PermissionRead(BaseModel):
    """One permission and what it means."""

    permission: str
    name: str
    name_en: str


class RoleName(BaseModel):
    """A role as it is named beside those who have it."""

    id: int
    code: str
    name: str


class RoleRead(RoleName):
    """A role, what it may do, and how many have it."""

    is_builtin: bool
    permissions: list[str]
    staff_count: int
    version: int


class StaffRead(BaseModel):
    """A staff account. `second_factor`: whether signing in asks for a code."""

    id: int
    login_id: str
    name: str
    role: RoleName
    status: StaffStatus
    second_factor: bool
    must_change_password: bool
    version: int
    created_at: KoreanTime
    updated_at: KoreanTime


class MenuEntry(BaseModel):
    """A group of the sidebar or a screen in it. Groups have entries, screens have a path of the front end."""

    code: str
    name: str
    name_en: str
    path: str | None = None
    entries: list["MenuEntry"] = []


class SecondFactorRead(BaseModel):
    """Whether I have one, and how many recovery codes are left."""

    enabled: bool
    recovery_codes_left: int


class StaffMe(BaseModel):
    """Who I am in the back-office, what I may do, and the sidebar with the screens that I may open."""

    id: int
    login_id: str
    name: str
    role: RoleName
    permissions: list[str]
    second_factor: SecondFactorRead
    must_change_password: bool
    menu: list[MenuEntry]
