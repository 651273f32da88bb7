"""Notes of staff about an order."""

from tortoise import fields

from src.common.models.archive import archive_of
from src.core.database.models import Model


class OrderNote(Model):
    """A note that only staff read. Notes are added, never changed. `actor` is the key of an identity."""

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="notes", on_delete=fields.RESTRICT
    )
    order_id: int
    actor = fields.CharField(max_length=40)
    body = fields.CharField(max_length=1000)
    created_at = fields.DatetimeField()

    class Meta:
        table = "order_note"


OrderNoteArchive = archive_of(OrderNote)
