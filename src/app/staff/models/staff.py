"""A staff account, apart from members."""

from enum import StrEnum

from tortoise import fields

from src.app.staff.models.role import Role
from src.core.database.models import Model


class StaffStatus(StrEnum):
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"


class Staff(Model):
    """A staff account. `login_id` is stored normalised (NFKC, casefold). `session_epoch` rises when all sessions end.

    `must_change_password`: another person set the password. Until it is changed, a session may only change it.
    """

    id = fields.BigIntField(primary_key=True)
    login_id = fields.CharField(max_length=40, unique=True)
    password_hash = fields.CharField(max_length=80)
    must_change_password = fields.BooleanField(default=False)
    name = fields.CharField(max_length=50)
    role: fields.ForeignKeyRelation[Role] = fields.ForeignKeyField(
        "models.Role", related_name="staff", on_delete=fields.RESTRICT
    )
    role_id: int
    status = fields.CharEnumField(StaffStatus, max_length=16, default=StaffStatus.ACTIVE)
    session_epoch = fields.IntField(default=0)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "staff"
