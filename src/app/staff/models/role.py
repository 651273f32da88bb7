"""Roles and their permissions."""

from tortoise import fields

from src.core.database.models import Model


class Role(Model):
    """A role. Built-in roles cannot be removed; their permissions can be changed, except those of ``owner``.

    `version` counts the edits of the name and of the list of permissions.
    """

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=32, unique=True)
    name = fields.CharField(max_length=50)
    is_builtin = fields.BooleanField(default=False)
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "staff_role"


class RolePermission(Model):
    """One permission of a role. ``owner`` has no rows: it has every permission, also those of later versions."""

    id = fields.BigIntField(primary_key=True)
    role: fields.ForeignKeyRelation[Role] = fields.ForeignKeyField(
        "models.Role", related_name="permissions", on_delete=fields.CASCADE
    )
    role_id: int
    permission = fields.CharField(max_length=48)

    class Meta:
        table = "staff_role_permission"
        unique_together = (("role", "permission"),)
