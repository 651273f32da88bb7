"""When members last opened the list of notices."""

from tortoise import fields

from src.core.database.models import Model


class NoticesSeen(Model):
    """When a member last opened the list of notices. A member who never did has no row.

    There is no foreign key: every write of this row holds the member's lock, and erasing the member deletes it.
    """

    user_id = fields.BigIntField(primary_key=True, generated=False)
    seen_at = fields.DatetimeField()

    class Meta:
        table = "notices_seen"
