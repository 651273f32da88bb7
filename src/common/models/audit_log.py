"""What was done in the back-office, by whom, from where and why."""

from typing import Any

from tortoise import fields

from src.common.models.append_only import AppendOnly, AppendOnlyManager


class AuditLog(AppendOnly):
    """One change, one sign-in of staff, or one attempt that was refused. `actor` is ``staff:1``, ``cli``, ``system``,
    or ``guest`` for a sign-in that was refused.

    `before` and `after` hold what the action changed, never passwords, codes or what members entered about themselves.
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
