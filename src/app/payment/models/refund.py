"""Refunds: the intent, committed first, and every attempt to send it (docs/architecture.md#r7)."""

from tortoise import fields

from src.app.payment.models.status import RefundReason, RefundStatus
from src.common.models.work_item import WorkItem
from src.core.database.models import Model


class Refund(WorkItem):
    """An automatic refund of a whole payment. `payment` is unique, so a payment is not refunded twice.

    The cancel reason that PortOne stores ends in `refund_no`; by it our cancellation is recognised. `idempotency_key`
    is renewed only after an answer that the cancel failed, or when the cancellable balance has changed; PortOne replays
    stored answers for 3 h. `amount` is in won.
    """

    refund_no = fields.CharField(max_length=26, unique=True)
    payment: fields.OneToOneRelation["Model"] = fields.OneToOneField(
        "models.Payment", related_name="refund", on_delete=fields.RESTRICT
    )
    payment_id: int
    reason = fields.CharEnumField(RefundReason, max_length=12)
    amount = fields.BigIntField()
    status = fields.CharEnumField(RefundStatus, max_length=20, default=RefundStatus.REQUESTED)
    idempotency_key = fields.CharField(max_length=40)
    cancellation_id = fields.CharField(max_length=64, null=True, unique=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "refund"
        indexes = (("work_status", "available_at"),)


class RefundAttempt(Model):
    """One cancel request and its answer. Amounts are won. `outcome` is empty while unknown."""

    id = fields.BigIntField(primary_key=True)
    refund: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Refund", related_name="sends", on_delete=fields.RESTRICT
    )
    refund_id: int
    idempotency_key = fields.CharField(max_length=40)
    amount = fields.BigIntField()
    cancellable = fields.BigIntField()
    outcome = fields.CharField(max_length=80, default="")
    sent_at = fields.DatetimeField()
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refund_attempt"
