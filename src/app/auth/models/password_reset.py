"""A token that lets its holder choose a new password."""

from tortoise import fields

from src.core.database.models import Model


class PasswordReset(Model):
    """One token, stored as a hash. It is valid until `expires_at`, unless it was used (`used_at`) or voided.

    `proves` names the contact to which it was sent, ``email`` or ``sms``: using the token proves that contact. It is
    empty in rows of an earlier release, which did not store it.
    """

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.User", related_name="password_resets", on_delete=fields.CASCADE
    )
    user_id: int
    token_hash = fields.CharField(max_length=64, unique=True)
    proves = fields.CharField(max_length=8, default="")
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    voided_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "password_reset"
