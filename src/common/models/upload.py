"""Uploaded images, and announcements of direct uploads into the store."""

from tortoise import fields

from src.core.database.models import Model


class Upload(Model):
    """One uploaded image. `sha256` and `size` (bytes) are of the original file, so the same file twice is one row;
    `path` is the encoded image in the store.

    `touched_at` is the moment at which it was last uploaded, taken into use, or found in use by the sweep.
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
    """Announcement of a direct upload by `actor`: one file of exactly `size` bytes and of `content_type`, to be
    uploaded before `expires_at`.

    `number` identifies it for the caller and names its object in the store. `upload_id` is set when it is confirmed.
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
