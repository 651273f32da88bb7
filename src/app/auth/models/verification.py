"""A code that proves that a mail address or a telephone is in somebody's hands."""

from tortoise import fields
from tortoise.models import Model


class Verification(Model):
    """One code. Nothing of it can be read back: id, code and target are hashes, the last two keyed.

    `target_hash` is over purpose, channel and target. `live` is the same while the code may be tried for the first
    time, else NULL: unique, so that a target has one such code for each purpose, also of two made at the same moment.
    `tries` counts guesses. `confirmed_at` is the first right one, `used_at` when the use case took it.
    """

    id = fields.BigIntField(primary_key=True)
    key_hash = fields.CharField(max_length=64, unique=True)
    channel = fields.CharField(max_length=8)
    purpose = fields.CharField(max_length=16)
    target_hash = fields.CharField(max_length=64)
    live = fields.CharField(max_length=64, unique=True, null=True)
    code_hash = fields.CharField(max_length=64)
    tries = fields.IntField(default=0)
    expires_at = fields.DatetimeField()
    confirmed_at = fields.DatetimeField(null=True)
    used_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "verification"
