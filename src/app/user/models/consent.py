"""Consents and refusals of members with their time: rows are only added."""

from tortoise import fields

from src.core.database.models import Model


class Consent(Model):
    """One answer to one version of a policy.

    `policy` is a consent's name (``terms``, ``privacy``, ``marketing_email``, ``marketing_sms``, ``marketing_night``),
    or ``marketing``: the one question of the sign-up form, which means e-mail and SMS by day.
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
