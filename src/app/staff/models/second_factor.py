"""The second factor of a staff account: a shared secret (TOTP) and recovery codes for a lost device."""

from tortoise import fields

from src.app.staff.models.staff import Staff
from src.core.database.models import Model


class SecondFactor(Model):
    """The encrypted secret, valid once `confirmed_at` is set. `last_step` is the newest time step that was used."""

    staff: fields.OneToOneRelation[Staff] = fields.OneToOneField(
        "models.Staff", related_name="second_factor", on_delete=fields.CASCADE, primary_key=True
    )
    staff_id: int
    sealed_secret = fields.CharField(max_length=255)
    last_step = fields.BigIntField(default=0)
    begun_at = fields.DatetimeField()
    confirmed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "staff_second_factor"


class RecoveryCode(Model):
    """One code, stored as a keyed hash. It works once."""

    id = fields.BigIntField(primary_key=True)
    staff: fields.ForeignKeyRelation[Staff] = fields.ForeignKeyField(
        "models.Staff", related_name="recovery_codes", on_delete=fields.CASCADE
    )
    staff_id: int
    code_hash = fields.CharField(max_length=64)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "staff_recovery_code"
        unique_together = (("staff", "code_hash"),)
