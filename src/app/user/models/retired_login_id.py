"""Login ids of former members. They cannot be used again."""

from tortoise import fields

from src.core.database.models import Model


class RetiredLoginId(Model):
    """A retired login id, stored as HMAC-SHA256 under ``DATA_KEY``. The row has no reference to the member."""

    digest = fields.CharField(max_length=64, primary_key=True)
    retired_at = fields.DatetimeField()

    class Meta:
        table = "retired_login_id"
