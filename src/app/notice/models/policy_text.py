"""A version of a policy, with its text."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class PolicyCode(StrEnum):
    TERMS = "terms"
    PRIVACY = "privacy"
    COOKIE = "cookie"
    SALE = "sale"
    REFUND = "refund"
    MARKETING = "marketing"


class PolicyStatus(StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"


class PolicyText(Model):
    """A draft may change. A PUBLISHED version never does: members agreed to it. Before its day it may be withdrawn.

    `version` names the text, as members agreed to it; `revision` counts its edits.

    In force from the first moment of the Korean day `effective_on` until the next version is. Drafts have no day, and
    of published ones of a policy no two have the same.
    """

    id = fields.BigIntField(primary_key=True)
    policy = fields.CharEnumField(PolicyCode, max_length=16)
    version = fields.CharField(max_length=20)
    status = fields.CharEnumField(PolicyStatus, max_length=16, default=PolicyStatus.DRAFT)
    title = fields.CharField(max_length=120)
    body = fields.TextField()
    change_note = fields.CharField(max_length=500, default="")
    effective_on = fields.DateField(null=True)
    published_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    revision = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "policy_text"
        unique_together = (("policy", "version"), ("policy", "effective_on"))
