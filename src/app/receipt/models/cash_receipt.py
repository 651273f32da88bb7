"""The cash receipt of an order."""

from enum import StrEnum
from typing import cast

from tortoise import fields

from src.common.models.work_item import WorkItem
from src.core.database.models import Model


class ReceiptKind(StrEnum):
    """PERSONAL: income deduction (소득공제). CORPORATE: proof of an expense (지출증빙)."""

    PERSONAL = "PERSONAL"
    CORPORATE = "CORPORATE"


class ReceiptSource(StrEnum):
    """Who wanted it. ASKED: the buyer. STAFF: staff for the buyer. SELF: nobody, the law does (자진발급)."""

    ASKED = "ASKED"
    STAFF = "STAFF"
    SELF = "SELF"


class ReceiptStatus(StrEnum):
    """WAITING: for the money. REQUESTED: the provider is to be told. ISSUED, CANCELLED: as the provider shows it.

    FAILED: the provider refuses it, or it stands there over another sum that we cannot change.
    """

    WAITING = "WAITING"
    REQUESTED = "REQUESTED"
    ISSUED = "ISSUED"
    CANCELLED = "CANCELLED"
    FAILED = "FAILED"


class CashReceipt(WorkItem):
    """What stands on the receipt of an order, and what should. The row is the intent: the job ``send-cash-receipts``
    makes the provider show what is wanted, and reads it before each step. Amounts are won.

    - `receipt_key` is the id at the provider: the payment's own, or one of ours for a manual transfer; null until the
      order is paid. `payment_id` is the payment's row.
    - `sealed_number` is encrypted (`common.crypto`), `number_hash` its keyed hash, `masked_number` what is shown.
      All are empty for SELF, which goes to the number of the tax office.
    - `wanted_amount` and `wanted_tax_free` are what should be on it: the cash that is left; 0: none.
    - `sent_hash` is `number_hash` of the last issue that was sent, `sends` counts issues that ended: it is part of the
      idempotency key, so that an issue whose outcome is unknown is never repeated as another one.
    - `issued_amount`, `issue_number` and `url` are what the provider shows; 0 and empty without a valid receipt.
    - `followed_at` is when the sums were last compared with the payment's.
    - `is_stopped` is true once staff cancelled it: refunds no longer change what is wanted.
    - `separated_at` is when the personal values were removed.
    """

    order: fields.OneToOneRelation["Model"] = fields.OneToOneField(
        "models.Order", related_name="cash_receipt", on_delete=fields.RESTRICT
    )
    order_id: int
    payment_id = cast("fields.Field[int | None]", fields.BigIntField(null=True, db_index=True))
    receipt_key = cast("fields.Field[str | None]", fields.CharField(max_length=40, null=True, unique=True))
    status = fields.CharEnumField(ReceiptStatus, max_length=12, default=ReceiptStatus.WAITING)
    kind = fields.CharEnumField(ReceiptKind, max_length=12, default=ReceiptKind.PERSONAL)
    source = fields.CharEnumField(ReceiptSource, max_length=8)
    sealed_number = fields.CharField(max_length=300, default="")
    number_hash = fields.CharField(max_length=64, default="", db_index=True)
    masked_number = fields.CharField(max_length=30, default="")
    wanted_amount = fields.BigIntField(default=0)
    wanted_tax_free = fields.BigIntField(default=0)
    sent_hash = cast("fields.Field[str | None]", fields.CharField(max_length=64, null=True))
    sends = fields.IntField(default=0)
    issued_amount = fields.BigIntField(default=0)
    issue_number = fields.CharField(max_length=40, default="")
    url = fields.CharField(max_length=500, default="")
    issued_at = fields.DatetimeField(null=True)
    cancelled_at = fields.DatetimeField(null=True)
    followed_at = fields.DatetimeField(null=True)
    is_stopped = fields.BooleanField(default=False)
    separated_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "cash_receipt"
        indexes = (("work_status", "available_at"),)
