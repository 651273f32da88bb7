"""Personal values of former members' orders, stored separately from the order (개인정보 보호법 제21조제3항)."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class OrderLegalRecord(Model):
    """The personal values of one order, kept as the law requires until `keep_until` and then deleted.

    The previous release writes here; this release writes `LegalRecord` and copies (`common.records.former_tables`).
    """

    id = fields.BigIntField(primary_key=True)
    order_no = fields.CharField(max_length=17, unique=True)
    payload: Any = fields.JSONField()
    keep_until = fields.DatetimeField(db_index=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "order_legal_record"
