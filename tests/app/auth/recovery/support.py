"""Calls that the tests of verification, finding and resetting repeat. The inbox outlives a test: targets do not."""

import itertools
import re
from typing import Any

import httpx

from src.app.notification.services.background import finish
from tests.app.auth.support import API

_numbers = itertools.count(1)


def new_email() -> str:
    """An address that no test used before."""
    return f"target{next(_numbers)}@example.com"


def new_phone() -> str:
    """A number that no test used before."""
    return f"0107{next(_numbers):07d}"


async def inbox(client: httpx.AsyncClient, to: str) -> list[dict[str, str]]:
    """What has arrived there, once nothing is under way."""
    await finish()
    items: list[dict[str, str]] = (await client.get("/sandbox/inbox", params={"to": to})).json()["items"]
    return items


async def code_at(client: httpx.AsyncClient, to: str) -> str:
    """The code of the last message."""
    (found,) = re.findall(r"\b[0-9]{6}\b|\b[0-9]{10}\b", (await inbox(client, to))[-1]["body"])
    return str(found)


async def start(
    client: httpx.AsyncClient, target: str, *, purpose: str = "sign_up", headers: dict[str, str] | None = None
) -> httpx.Response:
    """POST /auth/verifications, by the channel that fits the target."""
    body = {"channel": "email" if "@" in target else "sms", "purpose": purpose, "target": target}
    return await client.post(f"{API}/auth/verifications", json=body, headers=headers)


async def confirm(client: httpx.AsyncClient, verification_id: str, guess: str) -> httpx.Response:
    """POST /auth/verifications/{id}/confirm."""
    return await client.post(f"{API}/auth/verifications/{verification_id}/confirm", json={"code": guess})


async def confirmed(client: httpx.AsyncClient, target: str, *, purpose: str = "sign_up") -> str:
    """The id of a verification that the code of the message confirmed."""
    verification_id: str = (await start(client, target, purpose=purpose)).json()["verification_id"]
    answer = await confirm(client, verification_id, await code_at(client, target))
    assert answer.status_code == 200, answer.text
    return verification_id


async def reset(client: httpx.AsyncClient, login_id: str, name: str = "김민지", **more: Any) -> httpx.Response:
    """POST /auth/password-reset."""
    headers = more.pop("headers", None)
    body = {"login_id": login_id, "name": name, **more}
    return await client.post(f"{API}/auth/password-reset", json=body, headers=headers)


async def set_password(client: httpx.AsyncClient, token: str, password: str = "Fresh!6789") -> httpx.Response:
    """POST /auth/password-reset/confirm."""
    return await client.post(f"{API}/auth/password-reset/confirm", json={"token": token, "new_password": password})


async def token_at(client: httpx.AsyncClient, to: str) -> str:
    """The reset token of the last mail's link."""
    (found,) = re.findall(r"token=([A-Za-z0-9_-]+)", (await inbox(client, to))[-1]["body"])
    return str(found)


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}d}"
