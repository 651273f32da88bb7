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
    """A member. `login_id` and `email` are stored normalised (NFKC, casefold).

    A member with social sign-in only has no `login_id` (NULL) and no `password_hash` (empty), and may have no e-mail.
    `session_epoch` rises when all sessions are ended. `version` counts the edits by staff.
    `email_verified_at`, `phone_verified_at`: when the member proved the present contact; NULL if not proved.
    `email_claimed_at`: when the owner of the address took it from this member; NULL once there is another address.
    `verifies_before_order`: signed up through a provider, so required contacts are proved before the first order.
    `way_in_lost_at`: when the last link ended at its provider, for a member without a password.
    `withdraw_at`: when the grace period of a withdrawal ends; NULL without a withdrawal.
    `anonymised_at`: when all personal values were removed.
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
        """Return False for a member with social sign-in only."""
        return bool(self.password_hash)
