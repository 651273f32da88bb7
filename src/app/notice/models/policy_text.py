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
    """A version of a policy. A draft can change. A PUBLISHED version cannot, because members agree to it; before its
    effective day it can be withdrawn.

    `version` is the name of the text that members agree to; `revision` counts its edits. A version is in force from
    00:00 of the Korean day `effective_on` until the next version takes effect. Drafts have no such day; two published
    versions of a policy never have the same one.
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
