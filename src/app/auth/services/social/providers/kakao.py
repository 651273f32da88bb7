"""Kakao Login over httpx (docs/vendors/kakao.md)."""

from typing import Annotated, Any, Final, Literal

import jwt
from pydantic import Field, StrictBool, StrictStr

from src.app.auth.services.social.providers import wire
from src.app.auth.services.social.providers.base import Ask, Granted, Profile, ProviderName
from src.app.auth.services.social.providers.wire import OUR_FAULT, Calls, Wire, WireTokens, told, word
from src.common.vendors import Declined, Nonsense
from src.core.configs import Settings

NOT_LINKED: Final = -101  # kapi: the person is not linked to the app (any more)
SPENT: Final = frozenset({"KOE320", "KOE322"})


class KakaoNames(Wire):
    nickname: StrictStr | None = None


class KakaoAccount(Wire):
    """``X_needs_agreement: true`` is not read: the value is absent then."""

    profile: KakaoNames | None = None
    name: StrictStr | None = None
    email: StrictStr | None = None
    is_email_valid: StrictBool | None = None
    is_email_verified: StrictBool | None = None


class KakaoUser(Wire):
    """``/v2/user/me``. The id has 64 bits; everything else may be missing."""

    id: Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
    kakao_account: KakaoAccount | None = None
    properties: KakaoNames | None = None


class Kakao:
    """A `SocialProvider`. The secret is sent in the form.

    No scope is requested, so the consent items of Kakao's console apply (a scope that is not set up there gives
    KOE205). PKCE is sent, although not all sources say that Kakao checks it.
    """

    name: ProviderName = "kakao"

    def __init__(self, chosen: Settings) -> None:
        social = chosen.social
        self._id, self._secret, self._admin_key = (
            social.kakao_client_id,
            social.kakao_client_secret,
            social.kakao_admin_key,
        )
        here = f"{chosen.sandbox_url}/oauth/kakao" if chosen.sandbox else ""
        self._auth, self._api = here or "https://kauth.kakao.com", here or "https://kapi.kakao.com"
        self._calls = Calls(chosen)

    async def close(self) -> None:
        """See `SocialProvider`."""
        await self._calls.close()

    def authorize_url(self, ask: Ask) -> str:
        """See `SocialProvider`."""
        fields = {
            "client_id": self._id,
            "redirect_uri": ask.redirect_uri,
            "response_type": "code",
            "state": ask.state,
            "nonce": ask.nonce,
            "code_challenge": wire.challenge_of(ask.verifier),
            "code_challenge_method": "S256",
        }
        return wire.address(f"{self._auth}/oauth/authorize", fields)

    async def exchange(self, code: str, ask: Ask) -> Granted:
        """See `SocialProvider`. The refresh token is not kept: the admin key unlinks."""
        form = {
            "grant_type": "authorization_code",
            "client_id": self._id,
            "client_secret": self._secret,
            "redirect_uri": ask.redirect_uri,
            "code": code,
            "code_verifier": ask.verifier,
        }
        answer = await self._calls.send("POST", f"{self._auth}/oauth/token", data=form)
        body = told(answer)
        if answer.status_code != 200:
            raise _refusal(body)
        tokens = wire.read(WireTokens, body)
        return Granted(access_token=tokens.access_token, id_token=tokens.id_token)

    async def profile(self, granted: Granted, ask: Ask) -> Profile:
        """See `SocialProvider`. The e-mail is vouched for if it is valid and verified, both."""
        _same_nonce(granted.id_token, ask.nonce)
        headers = {"Authorization": f"Bearer {granted.access_token}"}
        answer = await self._calls.send("GET", f"{self._api}/v2/user/me", headers=headers)
        body = told(answer)
        if answer.status_code != 200:
            raise Nonsense(f"kapi {_number(body)}")
        user = wire.read(KakaoUser, body)
        account = user.kakao_account or KakaoAccount()
        return Profile(
            subject=str(user.id),
            name=account.name or _nickname(account.profile) or _nickname(user.properties),
            email=account.email or None,
            vouched=account.is_email_valid is True and account.is_email_verified is True,
        )

    async def unlink(self, subject: str, *, refresh_token: str | None) -> None:
        """See `SocialProvider`. By the admin key, which works as long as the link does."""
        if not self._admin_key:
            raise Declined("no KAKAO_ADMIN_KEY")
        answer = await self._calls.send(
            "POST",
            f"{self._api}/v1/user/unlink",
            headers={"Authorization": f"KakaoAK {self._admin_key}"},
            data={"target_id_type": "user_id", "target_id": subject},
        )
        if answer.status_code != 200 and (number := _number(told(answer))) != NOT_LINKED:
            raise Declined(f"kapi {number}")


def _refusal(body: dict[str, Any]) -> Declined | Nonsense:
    """Return the refusal. KOE codes are more precise than `error`: an ``invalid_grant`` with KOE303 means a wrong
    redirect address."""
    code, error = word(body.get("error_code", "")), word(body.get("error"))
    if code in SPENT or (error == "invalid_grant" and code not in OUR_FAULT):
        return Declined(code if code in SPENT else error)
    return Nonsense(f"{error} {code}")


def _number(body: dict[str, Any]) -> int | Literal["unreadable"]:
    code = body.get("code")
    return code if isinstance(code, int) else "unreadable"


def _nickname(names: KakaoNames | None) -> str:
    return (names.nickname if names else None) or ""


def _same_nonce(id_token: str | None, nonce: str) -> None:
    """Check the nonce of the id_token, which exists only if OpenID Connect is on in Kakao's console.

    The token came directly from Kakao over TLS, which replaces the check of its signature (OpenID Connect Core 3.1.3.7,
    6). Only the nonce is read from it.
    """
    if id_token is None:
        return
    try:
        claims = jwt.decode(id_token, options={"verify_signature": False})
    except jwt.PyJWTError as error:
        raise Nonsense(f"id_token: {type(error).__name__}") from None
    if claims.get("nonce", nonce) != nonce:
        raise Nonsense("id_token: nonce")
