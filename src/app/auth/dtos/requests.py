"""Request bodies and queries of the auth domain."""

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from src.app.auth.dtos.fields import GivenLoginId, GivenPassword, VerificationId
from src.app.user.dtos.fields import POLICIES, REQUIRED_POLICIES, LoginId, Policy
from src.common.dtos.fields import ClosedInput, Email, OwnPhone, PersonName
from src.common.dtos.passwords import NewPassword


class Agreement(ClosedInput):
    """My answer to one policy."""

    policy: Policy
    agreed: StrictBool


def _agreements(value: list[Agreement]) -> list[Agreement]:
    if len({agreement.policy for agreement in value}) != len(value):
        raise PydanticCustomError(
            "agreement_twice",
            "a policy is named twice",
            {"ko": "같은 약관이 두 번 있습니다.", "en": "A policy is named twice."},
        )
    if not {agreement.policy for agreement in value if agreement.agreed} >= REQUIRED_POLICIES:
        raise PydanticCustomError(
            "agreement_required",
            "terms and privacy must be agreed to",
            {
                "ko": "이용약관과 개인정보 처리방침에 동의해야 합니다.",
                "en": "The terms and the privacy policy must be agreed to.",
            },
        )
    return value


class SignUp(ClosedInput):
    """A new member. `terms` and `privacy` must be agreed to, `marketing` may be.

    `verification_id`, `verification_ids`: confirmed verifications (`sign_up`) of the e-mail address and the phone. Where
    the shop requires one that is missing, the answer is VERIFICATION_REQUIRED with its `channel`. `claim_email`: take the
    verified address from an account that never proved it.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "login_id": "minji.kim",
                    "password": "Golf!2345",
                    "name": "김민지",
                    "email": "minji@example.com",
                    "phone": "01012345678",
                    "agreements": [
                        {"policy": "terms", "agreed": True},
                        {"policy": "privacy", "agreed": True},
                        {"policy": "marketing", "agreed": False},
                    ],
                }
            ]
        }
    )

    login_id: LoginId
    password: NewPassword
    name: PersonName
    email: Email
    phone: OwnPhone
    agreements: Annotated[list[Agreement], Field(max_length=len(POLICIES)), AfterValidator(_agreements)]
    verification_id: VerificationId | None = None
    verification_ids: Annotated[list[VerificationId], Field(max_length=2)] = []
    claim_email: StrictBool = False


class AvailabilityQuery(ClosedInput):
    """Exactly one of the two."""

    login_id: LoginId | None = None
    email: Email | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.login_id is None) == (self.email is None):
            raise PydanticCustomError(
                "exactly_one",
                "exactly one of login_id and email",
                {
                    "ko": "login_id와 email 중 하나만 보내 주세요.",
                    "en": "Send exactly one of login_id and email.",
                },
            )
        return self


class SignIn(ClosedInput):
    """A member's credentials. With `remember_me` the session outlives the browser."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"login_id": "minji.kim", "password": "Golf!2345", "remember_me": True}]}
    )

    login_id: GivenLoginId
    password: GivenPassword
    remember_me: StrictBool = False
