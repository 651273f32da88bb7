"""When members looked at the notices."""

from tortoise import fields

from src.core.database.models import Model


class NoticesSeen(Model):
    """The last look of a member at the list of notices. No row: never.

    No foreign key: whoever writes this row holds the lock of the member, and it goes with the member.
    """

    user_id = fields.BigIntField(primary_key=True, generated=False)
    seen_at = fields.DatetimeField()

    class Meta:
        table = "notices_seen"
