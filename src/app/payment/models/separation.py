"""Members whose payments are to be separated from their personal values."""

from tortoise import fields

from src.core.database.models import Model


class PaymentSeparation(Model):
    """One member who left. Done once every payment of the member's orders is separated."""

    member_id = fields.BigIntField(primary_key=True, generated=False)
    requested_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "payment_separation"
