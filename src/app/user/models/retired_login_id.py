"""Login ids of former members, which nobody may use again."""

from tortoise import fields

from src.core.database.models import Model


class RetiredLoginId(Model):
    """HMAC-SHA256 of the login id under ``DATA_KEY``, and nothing that leads to the member."""

    digest = fields.CharField(max_length=64, primary_key=True)
    retired_at = fields.DatetimeField()

    class Meta:
        table = "retired_login_id"
