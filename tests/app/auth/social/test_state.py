"""Attacks on `state`, on the browser's cookie and on `return_to`."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from src.app.user.models import User
from src.core.redis import redis
from tests.app.auth.social.support import PROVIDERS, authorize, consent, finish, returned, rows, sign_in, signed_in
from tests.app.auth.support import API, code

INVALID = (400, "OAUTH_STATE_INVALID")


@pytest.fixture
async def elsewhere(client: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Another browser."""
    async with httpx.AsyncClient(base_url=client.base_url, timeout=30, trust_env=False) as made:
        yield made


async def test_the_cookie_is_for_the_browser_alone(client: httpx.AsyncClient) -> None:
    answer = await authorize(client, "kakao")

    (cookie,) = answer.headers.get_list("set-cookie")
    name, _, rest = cookie.partition("=")
    value, *attributes = rest.split("; ")
    assert (name, len(value)) == ("oauth_state", 43)
    assert value not in answer.text
    assert {part.lower() for part in attributes} == {"httponly", "max-age=600", "path=/api/v1", "samesite=lax"}
    assert answer.headers["cache-control"] == "no-store"


async def test_redis_holds_neither_state_nor_cookie(client: httpx.AsyncClient) -> None:
    answer = await authorize(client, "google")

    (key,) = await redis().keys("oauth-state:*")
    held = await redis().get(key)
    assert answer.json()["state"] not in key + held
    assert answer.cookies["oauth_state"] not in key + held
    assert 590 < await redis().ttl(key) <= 600


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_sign_in_cannot_be_replayed(client: httpx.AsyncClient, provider: str) -> None:
    begun = await authorize(client, provider)
    cookie = {"Cookie": f"oauth_state={begun.cookies['oauth_state']}"}
    back = await consent(client, provider, begun.json()["authorize_url"], "haneul")
    body = {"code": back["code"], "state": back["state"]}
    client.cookies.clear()

    assert (await finish(client, provider, body, headers=cookie)).status_code == 200
    client.cookies.clear()
    assert code(await finish(client, provider, body, headers=cookie)) == INVALID


async def test_of_simultaneous_returns_one_gets_in(client: httpx.AsyncClient) -> None:
    begun = await authorize(client, "kakao")
    cookie = {"Cookie": f"oauth_state={begun.cookies['oauth_state']}"}
    back = await consent(client, "kakao", begun.json()["authorize_url"], "haneul")

    answers = await asyncio.gather(*[finish(client, "kakao", back, headers=cookie) for _ in range(8)])

    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 7


@pytest.mark.parametrize("state", ["x", "x" * 43, "of-somebody-else", "oauth-state:*", "' OR 1=1"])
async def test_a_state_that_we_did_not_give_is_refused(client: httpx.AsyncClient, state: str) -> None:
    body = await returned(client, "kakao")

    assert code(await finish(client, "kakao", {**body, "state": state})) == INVALID
    assert await rows() == []


async def test_the_sandbox_can_bring_another_state(client: httpx.AsyncClient) -> None:
    answer = await sign_in(client, "naver", fault="naver_authorize:wrong_state")

    assert code(answer) == INVALID


async def test_another_browser_cannot_finish(client: httpx.AsyncClient, elsewhere: httpx.AsyncClient) -> None:
    # Login CSRF: the attacker's own code and state, sent from the victim's browser.
    body = await returned(client, "kakao")

    assert code(await finish(elsewhere, "kakao", body)) == INVALID
    assert await rows() == []


async def test_a_cookie_of_another_attempt_is_not_enough(
    client: httpx.AsyncClient, elsewhere: httpx.AsyncClient
) -> None:
    body = await returned(client, "kakao")
    await authorize(elsewhere, "kakao")

    assert code(await finish(elsewhere, "kakao", body)) == INVALID
    # It is spent, also for the browser that it was made for.
    assert code(await finish(client, "kakao", body)) == INVALID


@pytest.mark.parametrize("provider", ["naver", "google"])
async def test_a_state_counts_for_its_provider(client: httpx.AsyncClient, provider: str) -> None:
    # Mix-up: the code of one provider would be sent to another.
    body = await returned(client, "kakao")

    assert code(await finish(client, provider, body)) == INVALID


async def test_an_expired_state_is_refused(client: httpx.AsyncClient) -> None:
    body = await returned(client, "kakao")
    (key,) = await redis().keys("oauth-state:*")
    await redis().pexpire(key, 1)
    await asyncio.sleep(0.02)

    assert code(await finish(client, "kakao", body)) == INVALID


async def test_a_state_of_another_version_is_refused(client: httpx.AsyncClient) -> None:
    body = await returned(client, "kakao")
    (key,) = await redis().keys("oauth-state:*")
    await redis().set(key, '{"provider": "kakao"}')

    assert code(await finish(client, "kakao", body)) == INVALID


async def test_a_state_for_linking_does_not_sign_in(client: httpx.AsyncClient) -> None:
    headers = await signed_in(client, "kakao", "bora")
    body = await returned(client, "google", "minjun", headers=headers, query={"purpose": "link"})

    assert code(await finish(client, "google", body)) == INVALID
    assert len(await rows()) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_refused_consent_is_said_so(client: httpx.AsyncClient, provider: str) -> None:
    body = await returned(client, provider, agree=False)
    assert body.keys() == {"error", "state"}

    assert code(await finish(client, provider, body)) == (400, "OAUTH_CONSENT_REFUSED")
    assert code(await finish(client, provider, body)) == INVALID
    assert await User.all().count() == 0


async def test_an_error_without_our_state_says_nothing(client: httpx.AsyncClient) -> None:
    assert code(await finish(client, "kakao", {"error": "access_denied", "state": "s"})) == INVALID


@pytest.mark.parametrize(
    ("error", "level"),
    [("server_error", "WARNING"), ("KOE006", "ERROR"), ("invalid_scope", "ERROR"), ("<script>1</script>", "WARNING")],
)
async def test_another_error_is_the_providers(
    client: httpx.AsyncClient, error: str, level: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = await returned(client, "kakao")

    answer = await finish(client, "kakao", {"error": error, "state": body["state"]})

    assert code(answer) == (502, "OAUTH_PROVIDER_UNAVAILABLE")
    (record,) = [record for record in caplog.records if record.name.startswith("src.app.auth")]
    assert record.levelname == level
    assert "script" not in record.getMessage()


async def test_a_code_beside_an_error_is_not_used(client: httpx.AsyncClient) -> None:
    body = await returned(client, "kakao")

    answer = await finish(client, "kakao", {**body, "error": "access_denied"})

    assert code(answer) == (400, "OAUTH_CONSENT_REFUSED")
    assert await rows() == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:5174"])
async def test_another_site_is_refused(client: httpx.AsyncClient, origin: str) -> None:
    headers = {"Origin": origin}
    body = await returned(client, "kakao")

    assert code(await authorize(client, "kakao", headers=headers)) == (403, "ORIGIN_NOT_ALLOWED")
    assert code(await finish(client, "kakao", body, headers=headers)) == (403, "ORIGIN_NOT_ALLOWED")
    assert (await finish(client, "kakao", body, headers={"Origin": "http://localhost:5173"})).status_code == 200


@pytest.mark.parametrize(
    "place",
    [
        "/",
        "/cart",
        "/products/a-b?color=%ED%95%9C&to=https://other.example#top",
        "http://localhost:5173",
        "http://localhost:5173/my/orders?page=2",
        "http://127.0.0.1:5173/",
        "HTTP://LOCALHOST:5173/",
    ],
)
async def test_own_places_are_returned_to(client: httpx.AsyncClient, place: str) -> None:
    answer = await sign_in(client, "kakao", query={"return_to": place})

    assert answer.json()["return_to"] == place


@pytest.mark.parametrize(
    "place",
    [
        "",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/..//evil.example",
        "/x/..//evil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "http://localhost:5173.evil.example/",
        "http://localhost:5173@evil.example/",
        "http://user@localhost:5173/",
        "http://localhost:5173\\@evil.example/",
        "http://localhost:5174/",
        "http://localhost/",
        "https://localhost:5173/",
        "http://evil.example#http://localhost:5173/",
        "http://localhost:5173//evil.example",
        "http://[::1",
        "http://localhost:99999/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://localhost:5173/",
        "evil.example",
        "cart",
        "?x=1",
        "/카트",
        "/" + "a" * 2000,
    ],
)
async def test_other_places_are_refused(client: httpx.AsyncClient, place: str) -> None:
    answer = await authorize(client, "kakao", return_to=place)

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert "set-cookie" not in answer.headers
    assert await redis().keys("oauth-state:*") == []


async def test_starting_is_limited_by_address(client: httpx.AsyncClient) -> None:
    for _ in range(300):
        await authorize(client, "kakao")

    answer = await authorize(client, "kakao")
    assert code(answer) == (429, "TOO_MANY_ATTEMPTS")
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.usefixtures("redis_is_away")
async def test_without_redis_it_is_said_so(client: httpx.AsyncClient) -> None:
    away = (503, "SESSION_STORE_UNAVAILABLE")

    assert code(await authorize(client, "kakao")) == away
    answer = await client.post(f"{API}/oauth/kakao", json={"code": "c", "state": "s"})
    assert code(answer) == away
