"""Request bodies of the user domain."""

from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, JsonValue, SecretStr, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from src.app.user.dtos.fields import POLICY_OF, ConsentName, Label
from src.common.dtos.fields import ClosedInput, Email, Line, Note, OptionalLine, OwnPhone, PersonName, Phone, Zipcode

HOME: dict[str, JsonValue] = {
    "label": "집",
    "recipient": "김민지",
    "phone": "010-1234-5678",
    "zipcode": "06236",
    "address": "서울 강남구 테헤란로 1",
    "address_detail": "101호",
    "is_default": True,
}


class MeChange(ClosedInput):
    """What to change of my account. What is left out, or null, stays.

    Another e-mail address or telephone number needs a confirmed verification of it, one of the two at a time.
    `claim_email`: take the verified address from an account that never proved it.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "김민지"}]})

    name: PersonName | None = None
    email: Email | None = None
    phone: OwnPhone | None = None
    verification_id: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    claim_email: StrictBool | None = None

    @model_validator(mode="after")
    def _one_contact(self) -> Self:
        if self.email is not None and self.phone is not None:
            raise PydanticCustomError(
                "one_contact",
                "one of email and phone at a time",
                {
                    "ko": "이메일과 전화번호는 한 번에 하나씩 변경해 주세요.",
                    "en": "Change the e-mail address or the telephone number, one at a time.",
                },
            )
        return self


class AddressNew(ClosedInput):
    """A new address. The first one is the default whatever `is_default` says."""

    model_config = ConfigDict(json_schema_extra={"examples": [HOME]})

    label: Label = ""
    recipient: PersonName
    phone: Phone
    zipcode: Zipcode
    address: Line
    address_detail: OptionalLine = ""
    is_default: StrictBool = False


class AddressChange(ClosedInput):
    """What to change of an address. What is left out, or null, stays.

    Taking `is_default` from the default gives it to the newest other address; the only one keeps it.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"label": "회사", "is_default": True}]})

    label: Label | None = None
    recipient: PersonName | None = None
    phone: Phone | None = None
    zipcode: Zipcode | None = None
    address: Line | None = None
    address_detail: OptionalLine | None = None
    is_default: StrictBool | None = None


class ConsentAnswer(ClosedInput):
    """My answer to one consent."""

    policy: ConsentName
    agreed: StrictBool


def _named_once(value: list[ConsentAnswer]) -> list[ConsentAnswer]:
    if len({answer.policy for answer in value}) != len(value):
        raise PydanticCustomError(
            "agreement_twice",
            "a policy is named twice",
            {"ko": "같은 약관이 두 번 있습니다.", "en": "A policy is named twice."},
        )
    return value


class ConsentsChange(ClosedInput):
    """My answers to the versions in force. A consent that is not named stays as it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "agreements": [
                        {"policy": "marketing_email", "agreed": True},
                        {"policy": "marketing_night", "agreed": False},
                    ]
                }
            ]
        }
    )

    agreements: Annotated[
        list[ConsentAnswer], Field(min_length=1, max_length=len(POLICY_OF)), AfterValidator(_named_once)
    ]


class WithdrawalAsk(ClosedInput):
    """Why I leave, if I want to say, and my password where the shop asks for it again."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "자주 이용하지 않아요.", "password": "Golf!2345"}]}
    )

    reason: Note = ""
    password: Annotated[SecretStr | None, Field(min_length=1, max_length=200)] = None


class OptOut(ClosedInput):
    """The token of an opt-out link."""

    token: Annotated[
        str, Field(min_length=1, max_length=100, examples=["7.sms.0f3c5a7e9b1d2f4a6c8e0b1d3f5a7c9e1b3d5f70"])
    ]
