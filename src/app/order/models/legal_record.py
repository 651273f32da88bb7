"""Who an order was for, apart from the order (개인정보 보호법 제21조제3항), after the member has left."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class OrderLegalRecord(Model):
    """The personal values of one order, kept for the law until `keep_until` and then deleted. Nothing else reads it."""

    id = fields.BigIntField(primary_key=True)
    order_no = fields.CharField(max_length=17, unique=True)
    payload: Any = fields.JSONField()
    keep_until = fields.DatetimeField(db_index=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "order_legal_record"
