"""Requests to anonymise records of former members, and values of those records that the law requires."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class Anonymisation(Model):
    """One request to `domain` to remove the personal values of a former member from its records.

    `done_at` is set when no record of the member holds a personal value.
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
    """The personal values of one record, stored separately until `keep_until` (개인정보 보호법 제21조제3항).

    `reference` is the record's number in its `domain`: an order number, a payment id. No other code reads the payload.
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
