"""A member of the shop."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class UserStatus(StrEnum):
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    WITHDRAWING = "WITHDRAWING"
    WITHDRAWN = "WITHDRAWN"


class User(Model):
    """`login_id` and `email` are stored normalised (NFKC, casefold). `session_epoch` rises when all sessions end.

    Who came through a social login only has no `login_id` (NULL) and no `password_hash` (empty), maybe no e-mail.
    `version` counts what staff edit of it.
    `email_verified_at`, `phone_verified_at`: when the member proved to have the present one, NULL while nobody did.
    `email_claimed_at`: the owner of the address took it away from this member, who has no other since.
    `verifies_before_order`: came by a provider, so what the shop requires is asked before an order, not at sign-up.
    `way_in_lost_at`: the last link ended at its provider, and there was no password.
    `withdraw_at` is when the grace period of a withdrawal ends, null when none is under way; at `anonymised_at` every
    personal value was removed.
    """

    id = fields.BigIntField(primary_key=True)
    login_id = fields.CharField(max_length=40, unique=True, null=True)
    password_hash = fields.CharField(max_length=80, default="")
    name = fields.CharField(max_length=50)
    email = fields.CharField(max_length=254, unique=True, null=True)
    phone = fields.CharField(max_length=20, default="", db_index=True)
    email_verified_at = fields.DatetimeField(null=True)
    phone_verified_at = fields.DatetimeField(null=True)
    email_claimed_at = fields.DatetimeField(null=True)
    verifies_before_order = fields.BooleanField(default=False)
    way_in_lost_at = fields.DatetimeField(null=True)
    status = fields.CharEnumField(UserStatus, max_length=16, default=UserStatus.ACTIVE)
    grade = fields.CharField(max_length=16, default="BASIC")
    session_epoch = fields.IntField(default=0)
    version = fields.IntField(default=1)
    last_sign_in_at = fields.DatetimeField(null=True)
    withdraw_at = fields.DatetimeField(null=True, db_index=True)
    anonymised_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "users"

    @property
    def has_password(self) -> bool:
        """False for who signs in through a social login only."""
        return bool(self.password_hash)
