"""What the provider of an escrow payment knows of its goods, and what it should."""

from typing import Final

from tortoise import fields

from src.common.models.work_item import WorkItem
from src.core.database.models import Model

OVER: Final = frozenset({"CONFIRMED", "REJECTED", "CANCELLED", "REJECT_CONFIRMED", "NONE"})
"""States after which nothing is told any more. NONE: the payment turned out to have no escrow."""


class EscrowCase(WorkItem):
    """One row for a payment on a channel with escrow, from its first parcel on. The row is the intent: the job
    ``tell-escrow`` tells the provider what is wanted, and reads the payment before each step.

    - `payment_id` is the payment's row. `status` is the provider's word, empty until it was read.
    - `company` and `invoice` are who carries the oldest parcel that is under way (the provider's word) and its number;
      `sent_at` since when. `told_company` and `told_invoice` are what the provider took.
    - `is_confirmed`: the purchase of everything that stays is confirmed (구매확정).
    """

    order: fields.OneToOneRelation["Model"] = fields.OneToOneField(
        "models.Order", related_name="escrow_case", on_delete=fields.RESTRICT
    )
    order_id: int
    payment_id = fields.BigIntField(unique=True)
    status = fields.CharField(max_length=20, default="")
    company = fields.CharField(max_length=20, default="")
    invoice = fields.CharField(max_length=50, default="")
    sent_at = fields.DatetimeField(null=True)
    told_company = fields.CharField(max_length=20, default="")
    told_invoice = fields.CharField(max_length=50, default="")
    is_confirmed = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "escrow_case"
        indexes = (("work_status", "available_at"),)
