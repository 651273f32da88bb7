"""Staff accounts, roles, permissions and second factors."""

from src.app.staff.models.notification import StaffNews, StaffNotification
from src.app.staff.models.role import Role, RolePermission
from src.app.staff.models.second_factor import RecoveryCode, SecondFactor
from src.app.staff.models.staff import Staff, StaffStatus

__all__ = [
    "RecoveryCode",
    "Role",
    "RolePermission",
    "SecondFactor",
    "Staff",
    "StaffNews",
    "StaffNotification",
    "StaffStatus",
]
