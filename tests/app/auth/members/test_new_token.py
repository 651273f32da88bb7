"""``X-New-Token``: on answers to member routes, near the end of the access token, while its session lives."""

from datetime import UTC, datetime, timedelta

import httpx
import jwt
import pytest

from src.core.configs import settings
from tests.app.auth.conftest import SignedIn
from tests.app.auth.support import API, code, forged, me, seconds_ago
from tests.factories.catalogue import make_product
from tests.factories.people import staff_bearer

HEADER = "X-New-Token"


def ending_in(seconds: int, token: str) -> str:
    """The access token as it will be so many seconds before its end."""
    return forged({"exp": datetime.now(UTC) + timedelta(seconds=seconds)}, token=token)


def with_token(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def near(minji: SignedIn) -> dict[str, str]:
    """Headers of a session whose access token ends in a minute."""
    return with_token(ending_in(60, minji.access))


async def test_near_its_end_the_answer_brings_the_next_one(
    client: httpx.AsyncClient, minji: SignedIn, near: dict[str, str]
) -> None:
    answer = await client.get(f"{API}/me", headers=near)

    new = answer.headers[HEADER]
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    claims, old = (jwt.decode(token, options={"verify_signature": False}) for token in (new, minji.access))
    assert (claims["typ"], claims["kind"], claims["sub"], claims["sid"]) == ("access", "member", old["sub"], old["sid"])
    assert claims["exp"] - datetime.now(UTC).timestamp() <= settings().security.access_token_seconds
    assert (await me(client, new)).json()["id"] == minji.member.id
    assert HEADER not in (await me(client, new)).headers


@pytest.mark.parametrize(("seconds", "is_given"), [(590, False), (125, False), (115, True), (5, True)])
async def test_it_comes_in_the_last_two_minutes(
    client: httpx.AsyncClient, minji: SignedIn, seconds: int, is_given: bool
) -> None:
    answer = await me(client, ending_in(seconds, minji.access))

    assert (answer.status_code, HEADER in answer.headers) == (200, is_given)


async def test_an_expired_token_or_an_ended_session_gets_none(
    client: httpx.AsyncClient, minji: SignedIn, near: dict[str, str]
) -> None:
    expired = await me(client, forged({"exp": seconds_ago(1)}, token=minji.access))
    await client.post(f"{API}/auth/sign-out", headers=minji.headers)
    ended = await client.get(f"{API}/me", headers=near)

    for answer in (expired, ended):
        assert code(answer) == (401, "INVALID_TOKEN")
        assert HEADER not in answer.headers


async def test_a_token_that_came_so_ends_with_its_session(
    client: httpx.AsyncClient, minji: SignedIn, near: dict[str, str]
) -> None:
    new = (await client.get(f"{API}/me", headers=near)).headers[HEADER]

    await client.post(f"{API}/auth/sign-out-all", headers=minji.headers)

    assert code(await me(client, new)) == (401, "INVALID_TOKEN")


@pytest.mark.parametrize("path", ["/auth/sign-out", "/auth/sign-out-all"])
async def test_who_leaves_gets_none(client: httpx.AsyncClient, near: dict[str, str], path: str) -> None:
    answer = await client.post(f"{API}{path}", headers=near)

    assert (answer.status_code, HEADER in answer.headers) == (204, False)


async def test_public_pages_and_carts_never_bring_one(client: httpx.AsyncClient, near: dict[str, str]) -> None:
    await make_product()

    for path in ("/products", "/home", "/categories", "/cart", "/auth/availability?login_id=minji.kim"):
        answer = await client.get(f"{API}{path}", headers=near)
        assert (answer.status_code, HEADER in answer.headers) == (200, False), path


async def test_a_refused_request_brings_none(client: httpx.AsyncClient, near: dict[str, str]) -> None:
    unknown = await client.get(f"{API}/me?x=1", headers=near)
    absent = await client.delete(f"{API}/me/addresses/1", headers=near)

    assert (unknown.status_code, absent.status_code) == (422, 404)
    assert HEADER not in unknown.headers
    assert HEADER not in absent.headers


async def test_staff_never_get_one(client: httpx.AsyncClient) -> None:
    token = (await staff_bearer(client))["Authorization"].removeprefix("Bearer ")

    answer = await client.get(f"{API}/admin/me", headers=with_token(ending_in(60, token)))

    assert (answer.status_code, HEADER in answer.headers) == (200, False)


async def test_browsers_may_read_it(client: httpx.AsyncClient, near: dict[str, str]) -> None:
    answer = await client.get(f"{API}/me", headers={**near, "Origin": "http://localhost:5173"})

    assert HEADER in answer.headers["Access-Control-Expose-Headers"]
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"
