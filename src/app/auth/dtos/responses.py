"""Responses of the auth domain."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from src.common.clock import KoreanTime


class SignedUp(BaseModel):
    """The new member."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"id": 7, "login_id": "minji.kim", "name": "김민지", "email": "minji@example.com"}]
        }
    )

    id: int
    login_id: str
    name: str
    email: str


class Availability(BaseModel):
    """Whether nobody has it yet. `claimable`: an account has the e-mail address that never proved it, so its owner can
    verify it and sign up with `claim_email`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"available": True, "claimable": False}]})

    available: bool
    claimable: bool = False


class TokenRead(BaseModel):
    """An access token for the Authorization header. `expires_in` is seconds."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"access_token": "eyJhbGciOi...", "token_type": "Bearer", "expires_in": 600}]}
    )

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int


Notice = Literal["EMAIL_CLAIMED"]


class MemberSignedIn(TokenRead):
    """As a token. `notices` is what the member must know, absent where there is nothing: `EMAIL_CLAIMED`, the
    owner of the account's e-mail address verified it and has it now; the account needs another one."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "access_token": "eyJhbGciOi...",
                    "token_type": "Bearer",
                    "expires_in": 600,
                    "notices": ["EMAIL_CLAIMED"],
                }
            ]
        }
    )

    notices: list[Notice] = Field([], exclude_if=lambda notices: not notices)


class SessionRead(BaseModel):
    """One of my sessions. `last_seen_at` is exact to a minute; `is_current` marks the one that asks."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "hV2kq0c7Jm3xQ1yN8ZtR4w",
                    "device": "Chrome · Windows",
                    "address": "203.0.113.7",
                    "created_at": "2026-11-20T13:00:00+09:00",
                    "last_seen_at": "2026-11-20T13:25:00+09:00",
                    "remember_me": True,
                    "is_current": True,
                }
            ]
        }
    )

    id: str
    device: str
    address: str
    created_at: KoreanTime
    last_seen_at: KoreanTime
    remember_me: bool
    is_current: bool
