"""What an order waits for that is paid by a transfer into one of the shop's accounts, and what arrived."""

from tortoise import fields

from src.core.database.models import Model


class ManualTransfer(Model):
    """What the buyer of one order was told: where to pay `amount` won, as whom, and until when.

    `bank`, `number` and `holder` are copied from the account of that moment. `due_at` is what the buyer was told; the
    order is held longer, so that staff can look at the account in the morning (`services.due`).
    `separated_at` is when the personal values were removed: the member left or the retention period ended.
    """

    id = fields.BigIntField(primary_key=True)
    order: fields.OneToOneRelation["Model"] = fields.OneToOneField(
        "models.Order", related_name="manual_transfer", on_delete=fields.RESTRICT
    )
    order_id: int
    bank = fields.CharField(max_length=40)
    number = fields.CharField(max_length=40)
    holder = fields.CharField(max_length=50)
    depositor_name = fields.CharField(max_length=50)
    amount = fields.IntField()
    due_at = fields.DatetimeField(db_index=True)
    separated_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "manual_transfer"


class Deposit(Model):
    """`amount` won that staff found on the account for an order. Rows are added, never changed.

    `depositor` is the name on the statement, `deposited_at` its time. `recorded_by` is the key of an identity.
    `request_key` is the Idempotency-Key of the request: a repeat finds it for as long as the row lives.
    """

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="deposits", on_delete=fields.RESTRICT
    )
    order_id: int
    amount = fields.IntField()
    depositor = fields.CharField(max_length=50)
    deposited_at = fields.DatetimeField()
    recorded_by = fields.CharField(max_length=40)
    request_key = fields.CharField(max_length=255)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "deposit"
        unique_together = (("order", "request_key"),)
