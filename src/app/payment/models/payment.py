"""One try to pay an order. It mirrors what PortOne said last; nothing else moves its status."""

from tortoise import fields
from tortoise.models import Model

from src.app.payment.models.status import PaymentStatus, PaymentVerdict, PayMethod


class Payment(Model):
    """`payment_id` is ours, chosen before the window opens; `total_amount` is the order's total in won.

    `settles_order_id` is the order that this payment paid: unique, so at most one payment settles an order.
    `next_reread_at` is when an unfinished payment of an ended order is read again; `reread_step` counts those reads.
    From `separated_at` on the row holds no personal value any more: its member has left.
    """

    id = fields.BigIntField(primary_key=True)
    payment_id = fields.CharField(max_length=40, unique=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="payments", on_delete=fields.RESTRICT
    )
    order_id: int
    pay_method = fields.CharEnumField(PayMethod, max_length=20)
    total_amount = fields.IntField()
    status = fields.CharEnumField(PaymentStatus, max_length=24, default=PaymentStatus.READY)
    status_changed_at = fields.DatetimeField(null=True)
    verdict = fields.CharEnumField(PaymentVerdict, max_length=12, default=PaymentVerdict.NONE)
    settles_order_id = fields.BigIntField(null=True, unique=True)
    transaction_id = fields.CharField(max_length=64, default="")
    pg_provider = fields.CharField(max_length=40, default="")
    pg_tx_id = fields.CharField(max_length=100, default="")
    receipt_url = fields.CharField(max_length=500, default="")
    paid_amount = fields.BigIntField(default=0)
    cancelled_amount = fields.BigIntField(default=0)
    failure = fields.CharField(max_length=200, default="")
    account_bank = fields.CharField(max_length=40, default="")
    account_number = fields.CharField(max_length=40, default="")
    account_holder = fields.CharField(max_length=50, default="")
    account_due_at = fields.DatetimeField(null=True)
    paid_at = fields.DatetimeField(null=True)
    next_reread_at = fields.DatetimeField(null=True, db_index=True)
    reread_step = fields.SmallIntField(default=0)
    separated_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "payment"
