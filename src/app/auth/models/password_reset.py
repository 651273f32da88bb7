"""A token that lets its holder choose a new password."""

from tortoise import fields

from src.core.database.models import Model


class PasswordReset(Model):
    """One token, as its hash. It counts until `expires_at`, once (`used_at`), and while it is not `voided_at`.

    `proves`: the member's contact that whoever holds the token has, ``email`` or ``sms``; empty: written by an earlier
    release, which did not keep it.
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
