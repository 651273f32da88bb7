"""A shop that signs people in: what it sends to the three providers."""

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tests.sandbox.support import Shop

CALLBACK = "http://shop.test/callback"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
SECRETS = {"kakao": "kakao-secret", "naver": "naver-secret", "google": "google-secret"}
AUTHORIZE = {"kakao": "/oauth/authorize", "naver": "/oauth2.0/authorize", "google": "/o/oauth2/v2/auth"}
TOKEN = {"kakao": "/oauth/token", "naver": "/oauth2.0/token", "google": "/token"}
PROFILE = {"kakao": "/v2/user/me", "naver": "/v1/nid/me", "google": "/v1/userinfo"}


def ask(provider: str, **changes: str | None) -> dict[str, str]:
    """A good authorize request; None takes a parameter away."""
    fields: dict[str, str | None] = {
        "client_id": f"{provider}-client",
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "state": "st&te=1",
    }
    if provider == "google":
        fields |= {"scope": "openid email profile", "nonce": "n-1"}
    return {name: text for name, text in (fields | changes).items() if text is not None}


def path_of(provider: str) -> str:
    return f"/oauth/{provider}{AUTHORIZE[provider]}"


class SignIn:
    """One provider, seen by a shop."""

    def __init__(self, shop: Shop, provider: str) -> None:
        self.shop = shop
        self.provider = provider
        self.base = f"/oauth/{provider}"

    async def control(self, body: dict[str, Any], **changes: str | None) -> httpx.Response:
        url = f"{self.shop.config.base_url}{path_of(self.provider)}?{urlencode(ask(self.provider, **changes))}"
        return await self.shop.http.post(
            f"/control/oauth/{self.provider}/authorize", json={"authorize_url": url, **body}
        )

    async def redirect(self, person: str = "haneul", *, agree: bool = True, **changes: Any) -> dict[str, str]:
        """The query of the redirect."""
        extra: dict[str, Any] = {name: changes.pop(name) for name in ("consents", "fault") if name in changes}
        answer = await self.control({"person": person, "agree": agree, **extra}, **changes)
        assert answer.status_code == 200, answer.text
        url = answer.json()["redirect_url"]
        assert url.startswith(CALLBACK + "?")
        return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}

    async def code(self, person: str = "haneul", **changes: Any) -> str:
        return (await self.redirect(person, **changes))["code"]

    async def post(self, path: str, **fields: str | None) -> httpx.Response:
        form = {name: text for name, text in fields.items() if text is not None}
        return await self.shop.http.post(self.base + path, data=form)

    async def exchange(self, code: str | None, /, **changes: str | None) -> httpx.Response:
        fields: dict[str, str | None] = {
            "grant_type": "authorization_code",
            "client_id": f"{self.provider}-client",
            "client_secret": SECRETS[self.provider],
            "redirect_uri": CALLBACK,
            "code": code,
            "state": "st&te=1",
        }
        return await self.post(TOKEN[self.provider], **(fields | changes))

    async def refresh(self, token: str, **changes: str | None) -> httpx.Response:
        return await self.exchange(None, grant_type="refresh_token", refresh_token=token, **changes)

    async def tokens(self, person: str = "haneul", **changes: Any) -> dict[str, Any]:
        answer = await self.exchange(await self.code(person, **changes))
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        assert "access_token" in told, told
        return told

    async def profile(self, token: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return await self.shop.http.get(self.base + PROFILE[self.provider], headers=headers, **options)

    async def person(self, person: str = "haneul", **changes: Any) -> dict[str, Any]:
        """Sign in and read the profile."""
        told: dict[str, Any] = (await self.profile((await self.tokens(person, **changes))["access_token"])).json()
        return told

    async def linked(self) -> list[str]:
        items = (await self.shop.http.get(f"/control/oauth/{self.provider}/links")).json()["items"]
        return [item["person"] for item in items]


@contextmanager
def database(shop: Shop) -> Iterator[sqlite3.Connection]:
    """The file of the sandbox, to let time pass in it."""
    db = sqlite3.connect(shop.config.file)
    try:
        with db:
            yield db
    finally:
        db.close()


def challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
