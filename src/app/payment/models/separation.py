"""Requests to separate a former member's payments from the personal values."""

from tortoise import fields

from src.core.database.models import Model


class PaymentSeparation(Model):
    """The request for one former member. `done_at` is set once every payment of the member's orders is separated.

    The previous release writes here; this release writes `Anonymisation` and copies (`common.records.former_tables`).
    """

    member_id = fields.BigIntField(primary_key=True, generated=False)
    requested_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "payment_separation"
