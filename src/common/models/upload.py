"""A picture that was uploaded, and one that staff may put into the store themselves."""

from tortoise import fields

from src.core.database.models import Model


class Upload(Model):
    """`sha256` is of the file as it came, so the same file twice is one row; `path` of what was drawn from it, in the
    picture store. `size` counts the bytes that came.

    `touched_at` is when it was last uploaded, taken into use, or seen in use by the sweep.
    """

    id = fields.BigIntField(primary_key=True)
    sha256 = fields.CharField(max_length=64, unique=True)
    path = fields.CharField(max_length=200, unique=True)
    width = fields.IntField()
    height = fields.IntField()
    size = fields.IntField()
    kind = fields.CharField(max_length=8)
    name = fields.CharField(max_length=200, default="")
    actor = fields.CharField(max_length=40)
    created_at = fields.DatetimeField()
    touched_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "upload"


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
