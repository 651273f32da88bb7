"""A member's account at Kakao, Naver or Google."""

from tortoise import fields

from src.core.database.models import Model


class SocialAccount(Model):
    """One link. `subject` is the provider's id of the person, as text: the key is (provider, subject), never an e-mail.

    `email` is what the provider told last, vouched for or not: shown to the member, never looked anybody up by.
    `refresh_token` is sealed, kept to end the link at the provider, NULL where none was given or none is needed.
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
