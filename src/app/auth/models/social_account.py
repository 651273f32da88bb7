"""A member's account at Kakao, Naver or Google."""

from tortoise import fields

from src.core.database.models import Model


class SocialAccount(Model):
    """One link. `subject` is the provider's id of the person, as text. A person is found by (provider, subject) only.

    `email` is the last address from the provider, verified or not: it is shown to the member and never used for
    look-ups. `refresh_token` is encrypted and used to end the link at the provider; NULL if none was given or needed.
    """

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.User", related_name="social_accounts", on_delete=fields.CASCADE
    )
    user_id: int
    provider = fields.CharField(max_length=8)
    subject = fields.CharField(max_length=255)
    email = fields.CharField(max_length=254, null=True)
    refresh_token = fields.TextField(null=True)
    linked_at = fields.DatetimeField()
    used_at = fields.DatetimeField()

    class Meta:
        table = "social_account"
        unique_together = (("provider", "subject"), ("user", "provider"))
