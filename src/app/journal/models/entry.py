"""One row of the journal."""

from typing import Any, Never, cast

from tortoise import fields
from tortoise.manager import Manager
from tortoise.queryset import QuerySet

from src.app.journal.models.kinds import EntryKind, TaxClass
from src.core.database.models import Model


class AppendOnly(RuntimeError):
    """Code tried to change or remove a row of the journal. What was wrong is corrected by a further row."""


class _Rows(QuerySet[Any]):
    def update(self, **_values: Any) -> Never:
        raise AppendOnly("rows of the journal are not changed")

    def delete(self) -> Never:
        raise AppendOnly("rows of the journal are not deleted")


class _Manager(Manager):
    def get_queryset(self) -> QuerySet[Any]:
        return _Rows(cast("type[Model]", self._model))


class JournalEntry(Model):
    """Won that moved for an order; rows are appended by `services.writing` and never changed or deleted.

    Only the archive of the order takes them away, whole and unchanged (`common.records.archiving`).

    - `amount` is in signed won, never 0; each kind has its sign (`SIGNS`).
    - `at` is when the won moved, `day` the Korean calendar day of it.
    - `line_no` is the order line, empty where the sum belongs to the whole order.
    - `payment_id` is the row id of the payment that the money went through, null where it went through none.
    - `cause` is unique: what moved the won, once. By convention the cause's kind and id (``refund:17``).

    Nothing here is a foreign key: an INSERT would lock the order's row shared, and refunds are recorded under the
    payment's lock alone.
    """

    id = fields.BigIntField(primary_key=True)
    order_id = fields.BigIntField(db_index=True)
    line_no = fields.CharField(max_length=20, default="")
    kind = fields.CharEnumField(EntryKind, max_length=20)
    amount = fields.BigIntField()
    tax_class = fields.CharEnumField(TaxClass, max_length=10, default=TaxClass.NONE)
    payment_id = cast("fields.Field[int | None]", fields.BigIntField(null=True))
    cause = fields.CharField(max_length=80, unique=True)
    at = fields.DatetimeField()
    day = fields.DateField()

    class Meta:
        table = "journal_entry"
        indexes = (("day", "kind"),)
        manager = _Manager()

    async def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise AppendOnly for a row that is in the database."""
        if self._saved_in_db:
            raise AppendOnly("rows of the journal are not changed")
        await super().save(*args, **kwargs)

    async def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        """Raise AppendOnly."""
        raise AppendOnly("rows of the journal are not deleted")
