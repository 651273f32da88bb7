"""Discrepancies: payments and refunds that a person must check."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class DiscrepancyKind(StrEnum):
    """EXTERNAL: cancelled at PortOne by nobody of ours. MISMATCH: paid with another amount, store or currency.

    NEEDS_ACCOUNT: the refund waits for a bank account. REFUND_FAILED: PortOne refuses the refund.
    UNKNOWN_PAYMENT: paid at PortOne, under an id that is not ours. DISPUTE: whoever paid disputes it at the card
    company or wallet, which must be answered there in time. UNCLEARED: what an order owes, what is due and its money do
    not add up (docs/promises.md#p13); `reference` is the order's number, `amount` the signed won beyond what is owed.
    REFUND_BLOCKED: a refund cannot be sent, because less is left than its amount or somebody must first say what
    another finding of its payment is.
    ESCROW_REJECTED: the buyer refused the purchase at the payment company (구매거절).
    DEPOSIT_SHORT: less arrived on the shop's account than the order costs. DEPOSIT_SURPLUS: more arrived.
    DEPOSIT_LATE: it arrived after the order had ended.
    """

    EXTERNAL = "EXTERNAL"
    MISMATCH = "MISMATCH"
    NEEDS_ACCOUNT = "NEEDS_ACCOUNT"
    REFUND_FAILED = "REFUND_FAILED"
    UNKNOWN_PAYMENT = "UNKNOWN_PAYMENT"
    DISPUTE = "DISPUTE"
    UNCLEARED = "UNCLEARED"
    REFUND_BLOCKED = "REFUND_BLOCKED"
    ESCROW_REJECTED = "ESCROW_REJECTED"
    DEPOSIT_SHORT = "DEPOSIT_SHORT"
    DEPOSIT_SURPLUS = "DEPOSIT_SURPLUS"
    DEPOSIT_LATE = "DEPOSIT_LATE"


class Discrepancy(Model):
    """One finding, stored once per (kind, reference): the id of a cancellation, payment or dispute, a refund
    number, an order number (DEPOSIT_SHORT), ``surplus:`` or ``late:`` with the id of a deposit.

    `payment_id` is the row of our payment, live or archived, so no foreign key; null where the payment is not ours,
    and for deposits, which have `order_id` instead.
    `amount` is in won. `resolved_by` is the identity key of the person who resolved it, `resolution` the stated result.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharEnumField(DiscrepancyKind, max_length=16)
    reference = fields.CharField(max_length=64)
    payment_id = fields.BigIntField(null=True, db_index=True)
    order_id = fields.BigIntField(null=True, db_index=True)
    amount = fields.BigIntField(default=0)
    detail = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()
    resolved_at = fields.DatetimeField(null=True)
    resolved_by = fields.CharField(max_length=40, default="")
    resolution = fields.CharField(max_length=200, default="")

    class Meta:
        table = "discrepancy"
        unique_together = (("kind", "reference"),)
