"""A member of the shop."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class UserStatus(StrEnum):
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    WITHDRAWING = "WITHDRAWING"
    WITHDRAWN = "WITHDRAWN"


class User(Model):
    """`login_id` and `email` are stored normalised (NFKC, casefold). `session_epoch` rises when all sessions end.

    Who came through a social login only has no `login_id` (NULL) and no `password_hash` (empty), maybe no e-mail.
    `version` counts what staff edit of it. `withdraw_at` is when the grace period of a withdrawal ends, null when none is under way; at `anonymised_at` every
    personal value was removed.
    """

    id = fields.BigIntField(primary_key=True)
    login_id = fields.CharField(max_length=40, unique=True, null=True)
    password_hash = fields.CharField(max_length=80, default="")
    name = fields.CharField(max_length=50)
    email = fields.CharField(max_length=254, unique=True, null=True)
    phone = fields.CharField(max_length=20, default="", db_index=True)
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
