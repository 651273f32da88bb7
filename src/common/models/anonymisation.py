"""Former members whose records are still to be anonymised, and what the law keeps of those records."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class Anonymisation(Model):
    """One request: `domain` removes the personal values of one former member from its records.

    Done (`done_at`) once no record of the member holds a personal value.
    """

    id = fields.BigIntField(primary_key=True)
    domain = fields.CharField(max_length=20)
    member_id = fields.BigIntField()
    requested_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "anonymisation"
        unique_together = (("domain", "member_id"),)
        indexes = (("done_at", "id"),)


class LegalRecord(Model):
    """The personal values of one record, apart from it (개인정보 보호법 제21조제3항), until `keep_until`.

    `reference` is the record's own number in its `domain`: an order number, a payment id. Nothing else reads the row.
    """

    id = fields.BigIntField(primary_key=True)
    domain = fields.CharField(max_length=20)
    reference = fields.CharField(max_length=40)
    payload: Any = fields.JSONField()
    keep_until = fields.DatetimeField(db_index=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "legal_record"
        unique_together = (("domain", "reference"),)
