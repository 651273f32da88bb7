"""The audit log: actions in the back-office with actor, address and reason."""

from typing import Any

from tortoise import fields

from src.common.models.append_only import AppendOnly, AppendOnlyManager


class AuditLog(AppendOnly):
    """One change, one sign-in of staff, or one refused attempt. `actor` is ``staff:1``, ``cli``, ``system``, or
    ``guest`` for a refused sign-in.

    `before` and `after` hold the changed values, never passwords, codes or data that members entered about themselves.
    """

    id = fields.BigIntField(primary_key=True)
    actor = fields.CharField(max_length=40)
    action = fields.CharField(max_length=64)
    target_type = fields.CharField(max_length=32)
    target_id = fields.CharField(max_length=120)
    before: Any = fields.JSONField()
    after: Any = fields.JSONField()
    reason = fields.CharField(max_length=500, default="")
    address = fields.CharField(max_length=45, default="")
    user_agent = fields.CharField(max_length=200, default="")
    request_id = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "audit_log"
        manager = AppendOnlyManager()
        indexes = (("created_at",), ("actor", "created_at"), ("target_type", "target_id"))
