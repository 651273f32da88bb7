"""One try to pay an order. It mirrors what PortOne said last; nothing else moves its status."""

from typing import Any, cast

from tortoise import fields

from src.app.payment.models.status import PaidWith, PaymentStatus, PaymentVerdict, PayMethod
from src.core.database.models import Model


class Payment(Model):
    """`payment_id` is ours, chosen before the window opens; `total_amount` is the order's total in won.

    `charged_amount` is the total that PortOne asked the shopper for (``amount.total``; null until it was told), of
    which `discount_amount` was given by a card company or a wallet and `paid_amount` was paid: 0 until it was.
    `pay_method` is what the shopper asked for here, `paid_with` what was used in the window. `told_at` is PortOne's
    ``updatedAt`` of what is mirrored: it orders what changed within one second. `disputes` is PortOne's list in our
    words. `settles_order_id` is the order that this payment paid: unique, so at most one payment settles an order.
    `account_due_at` is the day of a virtual account: until then it may be paid into, whatever the provider allows.
    `next_reread_at` is when an unfinished payment of an ended order is read again, and when an open account's day has
    come; `reread_step` counts the reads after the order ended.
    From `separated_at` on the row holds no personal value any more: its member has left.
    """

    id = fields.BigIntField(primary_key=True)
    payment_id = fields.CharField(max_length=40, unique=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="payments", on_delete=fields.RESTRICT
    )
    order_id: int
    pay_method = fields.CharEnumField(PayMethod, max_length=20)
    paid_with = cast("fields.Field[PaidWith | None]", fields.CharEnumField(PaidWith, max_length=20, null=True))
    total_amount = fields.IntField()
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
    """What the shopper was charged, in won, and so the most that can go back. Where PortOne did not say so yet, what
    was asked for, or paid where that is more."""
    told: int | None = payment.charged_amount
    return max(int(payment.total_amount), int(payment.paid_amount)) if told is None else told
