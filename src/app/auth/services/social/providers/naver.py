"""Naver Login, the classic OAuth2 stack, over httpx (docs/vendors/naver.md). It has neither PKCE nor nonce."""

from typing import Annotated

from pydantic import Field, StrictStr

from src.app.auth.services.social.providers import wire
from src.app.auth.services.social.providers.base import Ask, Granted, Profile, ProviderName
from src.app.auth.services.social.providers.wire import Calls, Wire, WireTokens, told, word
from src.common.vendors import Declined, Nonsense
from src.core.configs import Settings

SPENT = frozenset({"invalid_request", "invalid_grant"})


class NaverPerson(Wire):
    """Items that were refused are absent, also those that the console marks as required."""

    id: Annotated[StrictStr, Field(min_length=1, max_length=64)]
    name: StrictStr | None = None
    nickname: StrictStr | None = None
    email: StrictStr | None = None


class NaverAnswer(Wire):
    response: NaverPerson


class Naver:
    """A `SocialProvider`. Errors come with HTTP 200, so the body decides, never the status alone."""

    name: ProviderName = "naver"

    def __init__(self, chosen: Settings) -> None:
        self._id, self._secret = chosen.social.naver_client_id, chosen.social.naver_client_secret
        here = f"{chosen.sandbox_url}/oauth/naver" if chosen.sandbox else ""
        self._auth, self._api = here or "https://nid.naver.com", here or "https://openapi.naver.com"
        self._calls = Calls(chosen)

    async def close(self) -> None:
        """See `SocialProvider`."""
        await self._calls.close()

    def authorize_url(self, ask: Ask) -> str:
        """See `SocialProvider`."""
        fields = {
            "response_type": "code",
            "client_id": self._id,
            "redirect_uri": ask.redirect_uri,
            "state": ask.state,
        }
        return wire.address(f"{self._auth}/oauth2.0/authorize", fields)

    async def exchange(self, code: str, ask: Ask) -> Granted:
        """See `SocialProvider`. A used code is reported as ``invalid_request``, "no valid data in session"."""
        form = {
            "grant_type": "authorization_code",
            "client_id": self._id,
            "client_secret": self._secret,
            "redirect_uri": ask.redirect_uri,
            "code": code,
            "state": ask.state,
        }
        body = told(await self._calls.send("POST", f"{self._auth}/oauth2.0/token", data=form))
        if "error" in body:
            error = word(body["error"])
            raise Declined(error) if error in SPENT else Nonsense(error)
        tokens = wire.read(WireTokens, body)
        return Granted(access_token=tokens.access_token, refresh_token=tokens.refresh_token)

    async def profile(self, granted: Granted, ask: Ask) -> Profile:
        """See `SocialProvider`. The e-mail is a contact address that the person may edit: never vouched for."""
        headers = {"Authorization": f"Bearer {granted.access_token}"}
        answer = await self._calls.send("GET", f"{self._api}/v1/nid/me", headers=headers)
        body = told(answer)
        if answer.status_code != 200 or body.get("resultcode") != "00":
            raise Nonsense(f"HTTP {answer.status_code}, resultcode {word(body.get('resultcode'))}")
        person = wire.read(NaverAnswer, body).response
        return Profile(subject=person.id, name=person.name or person.nickname or "", email=person.email or None)

    async def unlink(self, subject: str, *, refresh_token: str | None) -> None:
        """See `SocialProvider`. Naver answers 200 for an invalid token too. Ends the link and both tokens."""
        if refresh_token is None:
            raise Declined("no refresh token")
        form = {
            "client_id": self._id,
            "client_secret": self._secret,
            "token": refresh_token,
            "token_type_hint": "refresh_token",
        }
        answer = await self._calls.send("POST", f"{self._auth}/oauth2.0/revoke", data=form)
        if answer.status_code != 200:
            raise Declined(f"HTTP {answer.status_code}")
