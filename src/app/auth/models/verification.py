"""Codes that prove control of an e-mail address or a telephone number."""

from tortoise import fields
from tortoise.indexes import Index

from src.core.database.models import Model


class Verification(Model):
    """One code. Id, code and target are stored as hashes only, code and target as keyed ones.

    `target_hash` covers purpose, channel and target. `live` is the row's own `key_hash` until the code is confirmed,
    then NULL, so several codes for one target can be valid at once. `tries` counts guesses. `confirmed_at`: first
    correct guess. `used_at`: used for its purpose.

    `target_key` and `asker_key` are for rate limits: the target for all purposes, and the requesting network. `digits`
    is the length of the code. Rows older than these three columns have their defaults.
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
