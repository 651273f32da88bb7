"""A picture that staff may put into the store themselves."""

from tortoise import fields

from src.core.database.models import Model


class UploadTicket(Model):
    """What `actor` announced: one file of exactly `size` bytes of `content_type`, to be put before `expires_at`.

    `number` names it to the caller and its object in the store. `upload_id` is set once it was confirmed.
    """

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=32, unique=True)
    actor = fields.CharField(max_length=40)
    name = fields.CharField(max_length=200, default="")
    content_type = fields.CharField(max_length=40)
    size = fields.IntField()
    upload_id = fields.BigIntField(null=True)
    created_at = fields.DatetimeField(db_index=True)
    expires_at = fields.DatetimeField()

    class Meta:
        table = "upload_ticket"
