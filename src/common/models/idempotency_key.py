"""Idempotency keys: a repeated request has only one effect (docs/promises.md#p2)."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class KeyState(StrEnum):
    RUNNING = "RUNNING"
    DONE = "DONE"


class IdempotencyKey(Model):
    """One key in one scope on one endpoint. `effect` names the result (an order number, a payment id).

    `guest_intent` is the hash of endpoint, key and body of a guest's request, NULL for other callers. It is unique, so
    that a guest who repeats the request without the cart, in another scope, also has one effect.
    """

    id = fields.BigIntField(primary_key=True)
    scope = fields.CharField(max_length=80)
    endpoint = fields.CharField(max_length=120)
    request_key = fields.CharField(max_length=255)
    body_hash = fields.CharField(max_length=64)
    guest_intent = fields.CharField(max_length=64, null=True, unique=True)
    state = fields.CharEnumField(KeyState, max_length=8, default=KeyState.RUNNING)
    effect = fields.CharField(max_length=64, default="")
    lease_token = fields.CharField(max_length=26)
    lease_until = fields.DatetimeField()
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "idempotency_key"
        unique_together = (("scope", "endpoint", "request_key"),)
