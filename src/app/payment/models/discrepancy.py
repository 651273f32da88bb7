"""What a person must look at: money that does not add up by itself."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class DiscrepancyKind(StrEnum):
    """EXTERNAL: cancelled at PortOne by nobody of ours. MISMATCH: paid with another amount, store or currency.

    NEEDS_ACCOUNT: the refund waits for a bank account. REFUND_FAILED: PortOne refuses the refund.
    """

    EXTERNAL = "EXTERNAL"
    MISMATCH = "MISMATCH"
    NEEDS_ACCOUNT = "NEEDS_ACCOUNT"
    REFUND_FAILED = "REFUND_FAILED"


class Discrepancy(Model):
    """One finding, stored once per (kind, reference): a cancellation id, a payment id or a refund number."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharEnumField(DiscrepancyKind, max_length=16)
    reference = fields.CharField(max_length=64)
    payment: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Payment", related_name="discrepancies", on_delete=fields.RESTRICT
    )
    payment_id: int
    amount = fields.BigIntField(default=0)
    detail = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()
    resolved_at = fields.DatetimeField(null=True)

    class Meta:
        table = "discrepancy"
        unique_together = (("kind", "reference"),)
