"""One attempt to pay an order. Its status mirrors PortOne's last word; nothing else changes it."""

from typing import Any, cast

from tortoise import fields

from src.app.payment.models.status import PaidWith, PaymentStatus, PaymentVerdict, PayMethod
from src.core.database.models import Model


class Payment(Model):
    """A row mirrors one payment at PortOne. Amounts are won.

    - `payment_id` is ours, chosen before the payment window opens. `total_amount` is the order's total,
      `tax_free_amount` its part without VAT.
    - `charged_amount` is PortOne's ``amount.total``, null until PortOne told it. `discount_amount` is the part that a
      card company or wallet gave, `paid_amount` the part that was paid, 0 until then. `cancelled_amount` is what went
      back, of which `cancelled_tax_free` contained no VAT.
    - `pay_method` is the method chosen in the shop, `paid_with` the one used in the window. `channel` is our code of
      the payment channel, `easy_pay_provider` the wallet, each empty where none was chosen (or by a former release).
    - `told_at` is PortOne's ``updatedAt`` of the mirrored state. It orders changes within one second.
    - `disputes` is PortOne's list of disputes in our words.
    - `settles_order_id` is the order that this payment paid. It is unique: at most one payment settles an order.
    - `account_due_at` is the deadline for deposits into a virtual account, even if the provider allows a later one.
    - `next_reread_at` is the time of the next read at PortOne: of an unfinished payment of an ended order, of an open
      account at its deadline, or after a cancel. `reread_step` counts the reads after the order ended.
    - `separated_at` is when the personal values were removed: the member left or the retention period ended.
    """

    id = fields.BigIntField(primary_key=True)
    payment_id = fields.CharField(max_length=40, unique=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="payments", on_delete=fields.RESTRICT
    )
    order_id: int
    pay_method = fields.CharEnumField(PayMethod, max_length=20)
    channel = fields.CharField(max_length=20, default="")
    easy_pay_provider = fields.CharField(max_length=20, default="")
    paid_with = cast("fields.Field[PaidWith | None]", fields.CharEnumField(PaidWith, max_length=20, null=True))
    total_amount = fields.IntField()
    tax_free_amount = fields.IntField(default=0)
    status = fields.CharEnumField(PaymentStatus, max_length=24, default=PaymentStatus.READY)
    status_changed_at = fields.DatetimeField(null=True)
    told_at = fields.DatetimeField(null=True)
    verdict = fields.CharEnumField(PaymentVerdict, max_length=12, default=PaymentVerdict.NONE)
    settles_order_id = fields.BigIntField(null=True, unique=True)
    transaction_id = fields.CharField(max_length=64, default="")
    pg_provider = fields.CharField(max_length=40, default="")
    pg_tx_id = fields.CharField(max_length=100, default="")
    receipt_url = fields.CharField(max_length=500, default="")
    charged_amount = fields.BigIntField(null=True)
    discount_amount = fields.BigIntField(default=0)
    paid_amount = fields.BigIntField(default=0)
    cancelled_amount = fields.BigIntField(default=0)
    cancelled_tax_free = fields.BigIntField(default=0)
    failure = fields.CharField(max_length=200, default="")
    disputes: Any = fields.JSONField(null=True)
    account_bank = fields.CharField(max_length=40, default="")
    account_number = fields.CharField(max_length=40, default="")
    account_holder = fields.CharField(max_length=50, default="")
    account_issued_at = fields.DatetimeField(null=True)
    account_due_at = fields.DatetimeField(null=True)
    paid_at = fields.DatetimeField(null=True)
    next_reread_at = fields.DatetimeField(null=True, db_index=True)
    reread_step = fields.SmallIntField(default=0)
    separated_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "payment"


def charged(payment: Payment) -> int:
    """Return the won charged to the shopper, which is the most that can be refunded.

    Before PortOne told it: the order's total, or the paid amount if that is more.
    """
    told: int | None = payment.charged_amount
    return max(int(payment.total_amount), int(payment.paid_amount)) if told is None else told
