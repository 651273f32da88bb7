"""Broken promises that were found (docs/promises.md)."""

from tortoise import fields

from src.core.database.models import Model


class InvariantBreach(Model):
    """One breach of a promise, kept once. `reference` is as in ``order:20261120-7Q6X9ZPM``, ids only.

    `resolved_at` is set when a full pass no longer finds it; a breach that returns is open again.
    """

    id = fields.BigIntField(primary_key=True)
    promise = fields.CharField(max_length=8)
    reference = fields.CharField(max_length=80)
    detail = fields.CharField(max_length=200, default="")
    first_seen_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField()
    resolved_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "invariant_breach"
        unique_together = (("promise", "reference"),)
