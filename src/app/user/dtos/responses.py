"""Responses of the user domain."""

from typing import Any

from pydantic import BaseModel, ConfigDict, JsonValue

from src.app.user.dtos.fields import ConsentName, ContactChannel, MarketingChannel, Policy
from src.app.user.dtos.requests import HOME
from src.app.user.models import UserStatus
from src.common.clock import KoreanTime

ACCOUNT: dict[str, JsonValue] = {
    "id": 7,
    "login_id": "minji.kim",
    "name": "김민지",
    "email": "minji@example.com",
    "phone": "01012345678",
    "email_verified_at": "2026-01-02T09:30:00+09:00",
    "phone_verified_at": None,
    "has_password": True,
    "grade": "BASIC",
    "status": "ACTIVE",
    "created_at": "2026-01-02T09:30:00+09:00",
    "withdraw_at": None,
}
ME: dict[str, JsonValue] = {**ACCOUNT, "consents_required": [], "verification_required": []}
ADDRESS: dict[str, JsonValue] = {"id": 12, **HOME, "phone": "01012345678"}
TERMS: dict[str, JsonValue] = {
    "policy": "terms",
    "version": "2026-01",
    "agreed": True,
    "decided_at": "2026-01-02T09:30:00+09:00",
}


class Account(BaseModel):
    """An account as its member sees it. `email_verified_at`, `phone_verified_at`: when the present one was proved to be
    the member's; null: never."""

    id: int
    login_id: str | None
    name: str
    email: str | None
    phone: str
    email_verified_at: KoreanTime | None
    phone_verified_at: KoreanTime | None
    has_password: bool
    grade: str
    status: UserStatus
    created_at: KoreanTime
    withdraw_at: KoreanTime | None


class Me(Account):
    """My account. A member of a social login only has no `login_id` and no password.

    `status` is ACTIVE, or WITHDRAWING until `withdraw_at`, when the account ends. `consents_required` names the
    policies whose version in force I have not agreed to: all of them after a first social sign-in, one that has a new
    version afterwards. Nothing is closed meanwhile; please ask, and send the answers by PUT /me/consents.

    `verification_required` names what somebody who came by a social login must prove before the first order, by POST
    /me/contact: until then POST /orders answers VERIFICATION_REQUIRED.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [ME]})

    consents_required: list[Policy]
    verification_required: list[ContactChannel]


class LinkBefore(BaseModel):
    """An account at a provider that signs me in. DELETE /me/social/{provider} drops it."""

    provider: str
    linked_at: KoreanTime
    email: str | None


class ContactBefore(BaseModel):
    """My other contact; `verified_at` null: nobody ever proved it. DELETE /me/contact/{channel} drops it."""

    channel: ContactChannel
    target: str
    verified_at: KoreanTime | None


class MadeBefore(BaseModel):
    """What was there before I proved a contact, and may be somebody else's: please show it, to keep or to drop."""

    links: list[LinkBefore]
    contacts: list[ContactBefore]


class MeChanged(Me):
    """My account after the change. Where a contact was proved, all my other sessions have ended, and `made_before` lists
    what was there before; null where none was."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **ME,
                    "made_before": {
                        "links": [
                            {
                                "provider": "kakao",
                                "linked_at": "2026-01-02T12:00:00+09:00",
                                "email": "minji@example.com",
                            }
                        ],
                        "contacts": [{"channel": "sms", "target": "01012345678", "verified_at": None}],
                    },
                }
            ]
        }
    )

    made_before: MadeBefore | None


class AddressRead(BaseModel):
    """One address of my book."""

    model_config = ConfigDict(json_schema_extra={"examples": [ADDRESS]})

    id: int
    label: str
    recipient: str
    phone: str
    zipcode: str
    address: str
    address_detail: str
    is_default: bool


class AddressBook(BaseModel):
    """My addresses, the default first, then the newest."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [ADDRESS]}]})

    items: list[AddressRead]


class ConsentDecision(BaseModel):
    """One answer of mine: a row of the history. `marketing` is the question of the sign-up form: e-mail and SMS."""

    policy: str
    version: str
    agreed: bool
    decided_at: KoreanTime


class ConsentState(BaseModel):
    """Where a consent stands. `current_version` is in force; `outdated`: my answer is to another, please ask again."""

    policy: ConsentName
    required: bool
    agreed: bool
    version: str | None
    decided_at: KoreanTime | None
    current_version: str
    outdated: bool


class Consents(BaseModel):
    """What I agreed to, and every answer that I ever gave, oldest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [{**TERMS, "required": True, "current_version": "2026-01", "outdated": False}],
                    "history": [TERMS],
                }
            ]
        }
    )

    items: list[ConsentState]
    history: list[ConsentDecision]


class OptOutRead(BaseModel):
    """Whether advertising by this channel is refused."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"channel": "sms", "is_opted_out": True}]})

    channel: MarketingChannel
    is_opted_out: bool


class WithdrawalRead(BaseModel):
    """My withdrawal. Until `withdraw_at` it can be cancelled; then the account is anonymised."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "WITHDRAWING", "withdraw_at": "2026-12-04T13:00:00+09:00"}]}
    )

    status: UserStatus
    withdraw_at: KoreanTime


class WithdrawalExported(BaseModel):
    """A withdrawal that I asked for."""

    reason: str
    requested_at: KoreanTime
    due_at: KoreanTime
    cancelled_at: KoreanTime | None


class Profile(Account):
    """My account as it is exported."""

    last_sign_in_at: KoreanTime | None
    updated_at: KoreanTime


class Export(BaseModel):
    """Everything that the shop holds about me, in one file. Other parts of the shop add members of their own."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "exported_at": "2026-11-20T13:00:00+09:00",
                    "profile": {
                        **ACCOUNT,
                        "last_sign_in_at": "2026-11-20T12:58:00+09:00",
                        "updated_at": "2026-01-02T09:30:00+09:00",
                    },
                    "addresses": [ADDRESS],
                    "consents": [TERMS],
                    "withdrawals": [],
                    "social_links": [],
                    "sessions": [],
                    "cart": [],
                    "orders": [],
                    "payments": [],
                }
            ]
        },
    )
    __pydantic_extra__: dict[str, Any]

    exported_at: KoreanTime
    profile: Profile
    addresses: list[AddressRead]
    consents: list[ConsentDecision]
    withdrawals: list[WithdrawalExported]
