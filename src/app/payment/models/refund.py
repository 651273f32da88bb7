"""Refunds: the intent, committed first, and every attempt to send it (docs/architecture.md#r7)."""

from typing import cast

from tortoise import fields

from src.app.payment.models.status import AUTOMATIC, RefundMeans, RefundReason, RefundStatus
from src.common.models.work_item import WorkItem
from src.core.database.models import Model


class Refund(WorkItem):
    """Won of one payment that go back for one cause. Amounts are won.

    - `cause` is ``<kind>:<id>``: the reason in small letters, and the id of what caused it, the payment's for an
      automatic refund. There is one refund of a cause; one that is spread over several payments has ``/<n>`` behind
      it, counted from 2. Null in rows of a release without causes.
    - `amount`, `tax_free_amount` and `vat_amount` never change between sends. Only an automatic refund takes all that
      is left at each send; its taxes are those of what is left then, and null.
    - `tax_free_goods` is what the tax-free goods among what goes back were paid with. What of it `tax_free_amount` has
      no room for is carried to the payment's next refund.
    - The cancel reason that PortOne stores ends in `refund_no`; by it our cancellation is recognised.
    - `idempotency_key` is renewed only after an answer that the cancel failed, or when the cancellable balance has
      changed; PortOne replays stored answers for 3 h.
    - `due_on` is the Korean day by which the law wants it sent. Null in rows of a release without it.
    """

    refund_no = fields.CharField(max_length=26, unique=True)
    payment: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Payment", related_name="refunds", on_delete=fields.RESTRICT
    )
    payment_id: int
    reason = fields.CharEnumField(RefundReason, max_length=12)
    cause = cast("fields.Field[str | None]", fields.CharField(max_length=40, null=True, unique=True))
    means = fields.CharEnumField(RefundMeans, max_length=8, default=RefundMeans.PROVIDER)
    amount = fields.BigIntField()
    tax_free_amount = cast("fields.Field[int | None]", fields.BigIntField(null=True))
    vat_amount = cast("fields.Field[int | None]", fields.BigIntField(null=True))
    tax_free_goods = fields.BigIntField(default=0)
    status = fields.CharEnumField(RefundStatus, max_length=20, default=RefundStatus.REQUESTED)
    idempotency_key = fields.CharField(max_length=40)
    cancellation_id = fields.CharField(max_length=64, null=True, unique=True)
    due_on = fields.DateField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "refund"
        indexes = (("work_status", "available_at"), ("status", "due_on"))


class RefundAttempt(Model):
    """One cancel request and its answer. Amounts are won. `outcome` is empty while unknown.

    The taxes are null in rows of a release that did not send them.
    """

    id = fields.BigIntField(primary_key=True)
    refund: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Refund", related_name="sends", on_delete=fields.RESTRICT
    )
    refund_id: int
    idempotency_key = fields.CharField(max_length=40)
    amount = fields.BigIntField()
    tax_free_amount = cast("fields.Field[int | None]", fields.BigIntField(null=True))
    vat_amount = cast("fields.Field[int | None]", fields.BigIntField(null=True))
    cancellable = fields.BigIntField()
    outcome = fields.CharField(max_length=80, default="")
    sent_at = fields.DatetimeField()
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refund_attempt"


def is_automatic(refund: Refund) -> bool:
    """Return whether the refund takes all that is left of its payment."""
    return refund.reason in AUTOMATIC


def cause_of(reason: RefundReason, cause_id: int) -> str:
    """Return the `cause` of a refund: ``cancel:17``."""
    return f"{reason.value.lower()}:{cause_id}"
