"""Who paid and into which account, apart from the payment (개인정보 보호법 제21조제3항), after the member has left."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class PaymentLegalRecord(Model):
    """The personal values of one payment, kept for the law until `keep_until` and then deleted. Nothing else reads
    it."""

    id = fields.BigIntField(primary_key=True)
    payment_id = fields.CharField(max_length=40, unique=True)
    payload: Any = fields.JSONField()
    keep_until = fields.DatetimeField(db_index=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "payment_legal_record"
