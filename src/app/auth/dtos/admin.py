"""Bodies of the staff routes of the auth domain."""

from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
)

from src.app.auth.dtos.fields import GivenLoginId, GivenPassword
from src.app.auth.dtos.responses import TokenRead
from src.common.dtos.fields import ClosedInput
from src.common.dtos.passwords import NewPassword

CODES: list[JsonValue] = ["7Q6X9-ZPM4C", "2B1A0-ZYXWV"]

TotpCode = Annotated[
    str, StringConstraints(strip_whitespace=True), Field(min_length=1, max_length=16, examples=["123456"])
]


class PasswordAgain(ClosedInput):
    """My password, once more: for changes that a stolen session must not make."""

    password: GivenPassword


class TotpConfirmation(ClosedInput):
    """The code that the authenticator app shows now."""

    code: TotpCode


class OwnPassword(ClosedInput):
    """My password, and the one that I want."""

    password: GivenPassword
    new_password: NewPassword


class TotpBegun(BaseModel):
    """The secret, for typing in, and the same as what a QR code shows. It is told only here."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                    "uri": "otpauth://totp/Micgolf:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Micgolf",
                    "expires_in": 600,
                }
            ]
        }
    )

    secret: str
    uri: str
    expires_in: int


class NewRecoveryCodes(BaseModel):
    """Ten codes, each for one sign-in without the device. They are told only here."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"recovery_codes": CODES}]})

    recovery_codes: list[str]


class TotpConfirmed(TokenRead, NewRecoveryCodes):
    """The recovery codes, and the tokens of a new session: all sessions from before the second factor have ended."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "recovery_codes": CODES,
                    "access_token": "eyJhbGciOi...",
                    "token_type": "Bearer",
                    "expires_in": 600,
                }
            ]
        }
    )


class StaffSignIn(ClosedInput):
    """A staff member's credentials. `otp` is the code of the second factor, where the account has one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"login_id": "admin", "password": "Admin!2345"}]})

    login_id: GivenLoginId
    password: GivenPassword
    otp: Annotated[str | None, Field(max_length=16)] = None
