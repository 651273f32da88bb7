"""Codes that prove control of a mail address or a telephone."""

from tortoise import fields
from tortoise.indexes import Index

from src.core.database.models import Model


class Verification(Model):
    """One code. Nothing of it can be read back: id, code and target are hashes, the last two keyed.

    `target_hash` is over purpose, channel and target. `live` is the row's own `key_hash` while the code may be tried
    for the first time, else NULL: codes of one target live side by side, whoever asked for them. `tries` counts
    guesses. `confirmed_at` is the first right one, `used_at` when the use case took it.

    `target_key` and `asker_key` are for limits: the target over all purposes, and the network that asked. `digits` is
    the length of the code. What was made before these were there has the defaults.
    """

    id = fields.BigIntField(primary_key=True)
    key_hash = fields.CharField(max_length=64, unique=True)
    channel = fields.CharField(max_length=8)
    purpose = fields.CharField(max_length=16)
    target_hash = fields.CharField(max_length=64)
    live = fields.CharField(max_length=64, unique=True, null=True)
    code_hash = fields.CharField(max_length=64)
    target_key = fields.CharField(max_length=32, default="")
    asker_key = fields.CharField(max_length=32, default="")
    digits = fields.SmallIntField(default=6)
    tries = fields.IntField(default=0)
    expires_at = fields.DatetimeField()
    confirmed_at = fields.DatetimeField(null=True)
    used_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "verification"
        indexes = (
            Index(fields=("target_key", "created_at"), name="verification_target"),
            Index(fields=("asker_key", "created_at"), name="verification_asker"),
        )
