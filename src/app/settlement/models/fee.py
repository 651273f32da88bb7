"""Fees and payout days of the payment provider, as staff copy them from its contract."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class CycleStart(StrEnum):
    """From which day the provider counts: the payment's, or the purchase confirmation's (구매확정) for escrow."""

    PAYMENT = "PAYMENT"
    CONFIRMATION = "CONFIRMATION"


class PaymentFee(Model):
    """One row of the table. The row with the latest `valid_from` not after the payment's day holds; one that names the
    channel comes before one for all channels.

    - `channel` is our code of a payment channel, empty for all. `method` is what was used (`PaidWith`), empty for all.
    - `rate_ppm` is the fee in millionths of the amount, VAT included: 3.19 % is 31,900. `fixed_fee` is in won for each
      payment, VAT included.
    - `cycle_days` counts business days from `cycle_from` to the payout; 0 is the same day, or the next business day.
    """

    id = fields.BigIntField(primary_key=True)
    channel = fields.CharField(max_length=20, default="")
    method = fields.CharField(max_length=20, default="")
    rate_ppm = fields.IntField()
    fixed_fee = fields.IntField()
    cycle_days = fields.SmallIntField()
    cycle_from = fields.CharEnumField(CycleStart, max_length=16)
    valid_from = fields.DateField()

    class Meta:
        table = "payment_fee"
        unique_together = (("channel", "method", "valid_from"),)


class FeeTable(Model):
    """The table as a whole, which is edited as one. There is one row, with id 1; none until an edit."""

    id = fields.IntField(primary_key=True, generated=False)
    version = fields.IntField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "payment_fee_table"
