"""Bodies of signing in through a social provider and of linking one."""

from typing import Annotated, Final, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from src.app.auth.dtos.responses import MemberSignedIn
from src.app.user.dtos.fields import Policy
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput
from src.core.configs import settings

DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def _own_site(value: str) -> str:
    """Accept a path of this site, or a URL whose origin is the front end's or in the allow-list.

    Browsers drop tabs and line feeds, read a backslash as a slash, and take the text after ``//`` for a host. So these
    are refused anywhere in the path, because dot segments could move a later ``//`` to the front.
    """
    if not (_is_plain(value) and (_is_path(value) if value.startswith("/") else _has_own_origin(value))):
        raise PydanticCustomError(
            "return_to",
            "a path of this site, or an address of it",
            {
                "ko": "돌아갈 주소는 이 쇼핑몰의 주소여야 합니다.",
                "en": "The address to return to must be one of this shop.",
            },
        )
    return value


def _is_plain(value: str) -> bool:
    return all("!" <= character <= "~" and character != "\\" for character in value)


def _is_path(value: str) -> bool:
    return "//" not in value.partition("?")[0].partition("#")[0]


def _has_own_origin(value: str) -> bool:
    try:
        parts = urlsplit(value)
        origin = _origin(parts)
        own = {_origin(urlsplit(site)) for site in (settings().identity.front_url, *settings().server.cors_origins)}
    except ValueError:
        return False
    return "@" not in parts.netloc and origin is not None and origin in own and _is_path(parts.path)


def _origin(parts: SplitResult) -> tuple[str, str, int] | None:
    """Return scheme, host and port (RFC 6454), or None if this is not an http or https URL."""
    default = DEFAULT_PORTS.get(parts.scheme)
    return (parts.scheme, parts.hostname, parts.port or default) if default and parts.hostname else None


# Characters that OAuth allows in code, state and error (RFC 6749, appendix A): visible ASCII and the space.
OAuthText = Annotated[str, Field(min_length=1, max_length=4096, pattern=r"^[ -~]+$")]
State = Annotated[str, Field(min_length=1, max_length=512, pattern=r"^[ -~]+$")]
ReturnTo = Annotated[str, Field(min_length=1, max_length=2000, examples=["/cart"]), AfterValidator(_own_site)]


class AuthorizeQuery(ClosedInput):
    """Where to come back to on our own site, and whether to sign in or to link the account to the signed-in member."""

    return_to: ReturnTo | None = None
    purpose: Literal["sign_in", "link"] = "sign_in"


class AuthorizeRead(BaseModel):
    """Send the browser to `authorize_url`. It comes back to the front end's callback page with `state`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "authorize_url": "https://kauth.kakao.com/oauth/authorize?client_id=...&state=...",
                    "state": "Zk1vW3nqYxw0V3c2b0m1b9y3y2q5o8r7t6u5i4o3p2a",
                }
            ]
        }
    )

    authorize_url: str
    state: str


class SocialReturn(ClosedInput):
    """What the provider put into the callback's query, as it is: `state`, and `code` or `error`. What else providers put
    there (`error_description`, `scope`, `authuser`, `prompt`) is ignored: it is theirs to change.

    After EMAIL_BELONGS_TO_ANOTHER_LOGIN the same body may be sent again, without going to the provider, as long as the
    attempt lives: with `claim_email` where it was `claimable`, or with `without_email` to become a member without the
    address. Both are for a first sign-in only.
    """

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {"code": "4/0AbCdEf", "state": "Zk1vW3nqYxw0V3c2b0m1b9y3y2q5o8r7t6u5i4o3p2a"},
                {"error": "access_denied", "state": "Zk1vW3nqYxw0V3c2b0m1b9y3y2q5o8r7t6u5i4o3p2a"},
            ]
        },
    )

    state: State = Field(repr=False)
    code: OAuthText | None = Field(None, repr=False)
    error: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[ -~]+$")] | None = None
    claim_email: StrictBool = False
    without_email: StrictBool = False

    @model_validator(mode="after")
    def _code_or_error(self) -> Self:
        if self.code is None and self.error is None:
            raise PydanticCustomError(
                "code_or_error",
                "code or error",
                {"ko": "code와 error 중 하나를 보내 주세요.", "en": "Send code or error."},
            )
        return self


class SocialSignedIn(MemberSignedIn):
    """As sign-in. `is_new`: the account was made just now. `return_to` is what was asked for at the start.

    `consents_required` names our policies that I have not agreed to yet, whatever I agreed to at the provider: all of
    them the first time. Please ask before going on to `return_to`, and send the answers by PUT /me/consents; until
    then every sign-in and GET /me name them again.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "access_token": "eyJhbGciOi...",
                    "token_type": "Bearer",
                    "expires_in": 600,
                    "is_new": True,
                    "return_to": "/cart",
                    "consents_required": ["terms", "privacy"],
                }
            ]
        }
    )

    is_new: bool
    return_to: str | None
    consents_required: list[Policy]


class SocialLink(BaseModel):
    """A linked account. `email` is what the provider told last, if it did."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"provider": "kakao", "linked_at": "2026-01-02T12:00:00+09:00", "email": "minji@example.com"}]
        }
    )

    provider: str
    linked_at: KoreanTime
    email: str | None


class SocialLinks(BaseModel):
    """My linked accounts, oldest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [
                        {"provider": "kakao", "linked_at": "2026-01-02T12:00:00+09:00", "email": "minji@example.com"}
                    ]
                }
            ]
        }
    )

    items: list[SocialLink]
