"""Consents and refusals of members with their time. Rows are added, never changed."""

from tortoise import fields

from src.core.database.models import Model


class Consent(Model):
    """One answer to one version of a policy.

    `policy` is the name of a consent (``terms``, ``privacy``, ``marketing_email``, ``marketing_sms``,
    ``marketing_night``), or ``marketing``, the single question of the sign-up form, which covers e-mail and SMS in the
    daytime.
    """

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.User", related_name="consents", on_delete=fields.CASCADE
    )
    user_id: int
    policy = fields.CharField(max_length=32)
    version = fields.CharField(max_length=16)
    agreed = fields.BooleanField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "user_consent"
