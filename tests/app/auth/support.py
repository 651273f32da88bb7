"""Calls that the tests of sessions repeat."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt

from src.core.configs import settings
from tests.factories.people import PASSWORD

API = "/api/v1"
AGREED = [{"policy": "terms", "agreed": True}, {"policy": "privacy", "agreed": True}]
SIGN_UP: dict[str, Any] = {
    "login_id": "minji.kim",
    "password": PASSWORD,
    "name": "김민지",
    "email": "minji@example.com",
    "phone": "010-1234-5678",
    "agreements": AGREED,
}


async def sign_up(client: httpx.AsyncClient, **changes: Any) -> httpx.Response:
    """POST /auth/sign-up with a body that is right but for `changes`; None leaves a field out."""
    body = {name: value for name, value in {**SIGN_UP, **changes}.items() if value is not None}
    return await client.post(f"{API}/auth/sign-up", json=body)


async def sign_in(
    client: httpx.AsyncClient, login_id: str, password: str = PASSWORD, *, path: str = "/auth/sign-in", **more: Any
) -> httpx.Response:
    """POST /auth/sign-in."""
    return await client.post(f"{API}{path}", json={"login_id": login_id, "password": password, **more})


async def refresh(
    client: httpx.AsyncClient, token: str, *, cookie: str = "refresh_token", path: str = "/auth/refresh", **headers: str
) -> httpx.Response:
    """POST /auth/refresh with exactly this cookie."""
    client.cookies.clear()
    return await client.post(f"{API}{path}", headers={"Cookie": f"{cookie}={token}", **headers})


async def me(client: httpx.AsyncClient, access_token: str) -> httpx.Response:
    """GET /me with this access token."""
    return await client.get(f"{API}/me", headers={"Authorization": f"Bearer {access_token}"})


def forged(changes: Mapping[str, Any], *, token: str, key: str | None = None, algorithm: str | None = "HS256") -> str:
    """The token with other claims (None removes one), signed with our key unless `key` is another."""
    claims = {**jwt.decode(token, options={"verify_signature": False}), **changes}
    kept = {name: value for name, value in claims.items() if value is not None}
    secret = settings().security.jwt_secret if key is None else key
    return jwt.encode(kept, secret, algorithm=algorithm, headers={"kid": jwt.get_unverified_header(token)["kid"]})


def seconds_ago(seconds: int) -> datetime:
    """A moment in the past."""
    return datetime.now(UTC) - timedelta(seconds=seconds)


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem."""
    return answer.status_code, answer.json()["code"]
