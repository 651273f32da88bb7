"""Signing in through the sandbox's providers, as a browser and the front end's callback page do it.

The sandbox outlives a test: who must not be linked to the shop yet is made by `new_person`.
"""

import itertools
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from src.app.auth.models import SocialAccount
from tests.app.auth.support import API

PROVIDERS = ("kakao", "naver", "google")
_numbers = itertools.count(1)


async def new_person(client: httpx.AsyncClient, **fields: Any) -> str:
    """Somebody whom no provider has seen with us, with a verified Gmail address unless `fields` say otherwise."""
    name = f"person-{next(_numbers)}-{secrets.token_hex(4)}"
    body = {"id": name, "name": "김새봄", "email": f"{name}@gmail.com", **fields}
    answer = await client.post("/sandbox/control/people", json=body)
    assert answer.status_code == 201, answer.text
    return name


async def authorize(
    client: httpx.AsyncClient, provider: str, *, headers: dict[str, str] | None = None, **query: str
) -> httpx.Response:
    """GET /oauth/{provider}/authorize. The client keeps the cookie."""
    return await client.get(f"{API}/oauth/{provider}/authorize", params=query, headers=headers)


async def consent(client: httpx.AsyncClient, provider: str, url: str, person: str, **more: Any) -> dict[str, str]:
    """What a person clicks at the provider; the query that the browser brings to the callback page."""
    body = {"authorize_url": url, "person": person, **more}
    answer = await client.post(f"/sandbox/control/oauth/{provider}/authorize", json=body)
    assert answer.status_code == 200, answer.text
    parts = urlsplit(answer.json()["redirect_url"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"http://localhost:5173/oauth/{provider}/callback"
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


async def returned(
    client: httpx.AsyncClient,
    provider: str,
    person: str = "haneul",
    *,
    headers: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    **more: Any,
) -> dict[str, str]:
    """Authorize and consent: the body for POST /oauth/{provider} or /me/social/{provider}."""
    begun = await authorize(client, provider, headers=headers, **(query or {}))
    assert begun.status_code == 200, begun.text
    back = await consent(client, provider, begun.json()["authorize_url"], person, **more)
    return {name: text for name, text in back.items() if name in ("code", "state", "error")}


async def finish(client: httpx.AsyncClient, provider: str, body: dict[str, Any], **options: Any) -> httpx.Response:
    """POST /oauth/{provider}."""
    return await client.post(f"{API}/oauth/{provider}", json=body, **options)


async def sign_in(client: httpx.AsyncClient, provider: str, person: str = "haneul", **more: Any) -> httpx.Response:
    """The whole sign-in."""
    return await finish(client, provider, await returned(client, provider, person, **more))


async def signed_in(client: httpx.AsyncClient, provider: str, person: str = "haneul") -> dict[str, str]:
    """The whole sign-in; the headers of the session."""
    answer = await sign_in(client, provider, person)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def link(
    client: httpx.AsyncClient, provider: str, person: str, headers: dict[str, str], **more: Any
) -> httpx.Response:
    """The whole linking by the member of these headers."""
    body = await returned(client, provider, person, headers=headers, query={"purpose": "link"}, **more)
    return await client.post(f"{API}/me/social/{provider}", json=body, headers=headers)


async def unlink(client: httpx.AsyncClient, provider: str, headers: dict[str, str]) -> httpx.Response:
    """DELETE /me/social/{provider}."""
    return await client.delete(f"{API}/me/social/{provider}", headers=headers)


async def linked_at(client: httpx.AsyncClient, provider: str) -> list[str]:
    """The people whom the provider thinks linked to us."""
    items = (await client.get(f"/sandbox/control/oauth/{provider}/links")).json()["items"]
    return [item["person"] for item in items]


async def switch(client: httpx.AsyncClient, operation: str, kind: str) -> None:
    """Let the provider misbehave once."""
    answer = await client.put("/sandbox/control/faults", json={"faults": [{"operation": operation, "kind": kind}]})
    assert answer.is_success, answer.text


async def rows() -> list[tuple[str, int]]:
    """Provider and member of every link."""
    return [(row.provider, row.user_id) for row in await SocialAccount.all().order_by("id")]
