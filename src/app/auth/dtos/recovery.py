"""Bodies of verification, of finding and resetting, and of changes that need the password again."""

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from src.app.auth.dtos.fields import GivenLoginIdOrContact, GivenPassword, VerificationId
from src.app.user.dtos.fields import LoginId
from src.common.dtos.fields import ClosedInput, Email, MobilePhone, OwnPhone, PersonName
from src.common.dtos.passwords import NewPassword

Channel = Literal["sms", "email"]
Purpose = Literal["sign_up", "find_login_id", "password_reset", "change_contact"]
LoginType = Literal["password", "kakao", "naver", "google"]

Code = Annotated[
    str,
    Field(
        pattern=r"^([0-9]{6}|[0-9]{10})$",
        description="Six digits, or ten where codes of this target were guessed at today.",
        examples=["493027", "4930275816"],
    ),
]

# Mobile numbers only: other numbers cannot receive text messages, and some of them cost extra.
_TARGETS: Final[dict[Channel, TypeAdapter[str]]] = {
    "email": TypeAdapter(Email),
    "sms": TypeAdapter(MobilePhone),
}


class VerificationStart(ClosedInput):
    """Where to send a code, and what it will be for. A code for one purpose is worth nothing for another."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"channel": "sms", "purpose": "sign_up", "target": "010-1234-5678"}]}
    )

    channel: Channel
    purpose: Purpose
    target: Annotated[str, Field(max_length=254)]

    @field_validator("target")
    @classmethod
    def _normal_target(cls, value: str, info: ValidationInfo) -> str:
        """Return the normalised target, as members' rows store it."""
        if "channel" not in info.data:
            return value  # the invalid channel is reported already
        try:
            return _TARGETS[info.data["channel"]].validate_python(value)
        except ValidationError:
            raise PydanticCustomError(
                "verification_target",
                "the target does not fit the channel",
                {
                    "ko": "이메일 주소 또는 휴대전화 번호를 확인해 주세요.",
                    "en": "Please check the e-mail address or the mobile number.",
                },
            ) from None


class VerificationStarted(BaseModel):
    """A code is on its way. It can be tried for `expires_in` seconds."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"verification_id": "3q2-7wAAAAAAAAAAAAAAAA", "expires_in": 180}]}
    )

    verification_id: str
    expires_in: int


class VerificationConfirm(ClosedInput):
    """The code from the message."""

    code: Code


class VerificationConfirmed(BaseModel):
    """The target is proved. The verification can be used once, for its purpose, for `expires_in` seconds."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"verification_id": "3q2-7wAAAAAAAAAAAAAAAA", "expires_in": 1800}]}
    )

    verification_id: str
    expires_in: int


class LoginIdSearch(ClosedInput):
    """Either `name` and `email`, or `name`, `phone` and a confirmed verification of that phone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "김민지", "email": "minji@example.com"}]})

    name: PersonName
    email: Email | None = None
    phone: OwnPhone | None = None
    verification_id: VerificationId | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        by_email = self.email is not None and self.phone is None and self.verification_id is None
        by_phone = self.email is None and self.phone is not None and self.verification_id is not None
        if not by_email and not by_phone:
            raise PydanticCustomError(
                "search_terms",
                "name and email, or name, phone and verification_id",
                {
                    "ko": "이름과 이메일, 또는 이름과 휴대전화 번호와 본인 확인을 보내 주세요.",
                    "en": "Send name and email, or name, phone and verification_id.",
                },
            )
        return self


class FoundAccount(BaseModel):
    """An account. Of the login id the first three characters are shown; null for one without a login id."""

    login_id: str | None
    login_types: list[LoginType]
    joined_on: date


class FoundAccounts(BaseModel):
    """The accounts that fit, oldest first; `joined_on` is a Korean calendar day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"accounts": [{"login_id": "min***", "login_types": ["password", "kakao"], "joined_on": "2026-01-02"}]}
            ]
        }
    )

    accounts: list[FoundAccount]


class ResetRequest(ClosedInput):
    """Whose password. With the `verification_id` of the account's e-mail address or phone, the token is answered.

    Who lost the last way in because a provider ended the link gives the verified e-mail address or phone as `login_id`.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"login_id": "minji.kim", "name": "김민지"}]})

    login_id: GivenLoginIdOrContact
    name: PersonName
    verification_id: VerificationId | None = None


class ResetRequested(BaseModel):
    """With a verification: the token for /auth/password-reset/confirm. Without: nothing, also for nobody's account."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"token": "Zk1vW3nqYxw0V3c2b0m1b9y3y2q5o8r7t6u5i4o3p2a"}, {}]}
    )

    token: str | None = None


class ResetConfirm(ClosedInput):
    """The token and the password to have from now on. `login_id`: for an account that has none, which else signs in with
    its e-mail address."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"token": "Zk1vW3nqYxw0V3c2b0m1b9y3y2q5o8r7t6u5i4o3p2a", "new_password": "Golf!6789"}]
        }
    )

    token: Annotated[str, Field(min_length=1, max_length=4096)]
    new_password: NewPassword
    login_id: LoginId | None = None


class PasswordChange(ClosedInput):
    """My password, and the one to have from now on."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"current_password": "Golf!2345", "new_password": "Golf!6789"}]}
    )

    current_password: GivenPassword
    new_password: NewPassword


class Reauthentication(ClosedInput):
    """My password, again."""

    password: GivenPassword


class ContactChange(ClosedInput):
    """The new e-mail address or phone, or the one I have, and its confirmed verification (`change_contact`).

    `claim_email`: take the address from an account that never proved it.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"phone": "01087654321", "verification_id": "3q2-7wAAAAAAAAAAAAAAAA"}]}
    )

    email: Email | None = None
    phone: OwnPhone | None = None
    verification_id: VerificationId
    claim_email: StrictBool = False

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.email is None) == (self.phone is None):
            raise PydanticCustomError(
                "exactly_one",
                "exactly one of email and phone",
                {
                    "ko": "email과 phone 중 하나만 보내 주세요.",
                    "en": "Send exactly one of email and phone.",
                },
            )
        return self
