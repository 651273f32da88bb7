"""Personal values of former members' payments, stored separately from the payment (개인정보 보호법 제21조제3항)."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class PaymentLegalRecord(Model):
    """The personal values of one payment, kept as the law requires until `keep_until` and then deleted.

    The previous release writes here; this release writes `LegalRecord` and copies (`common.records.former_tables`).
    """

    id = fields.BigIntField(primary_key=True)
    payment_id = fields.CharField(max_length=40, unique=True)
    payload: Any = fields.JSONField()
    keep_until = fields.DatetimeField(db_index=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "payment_legal_record"
