"""Ending sessions."""

import asyncio
from http.cookies import SimpleCookie

import httpx
import pytest

from src.app.auth.errors import SessionRevoked
from src.app.auth.services.sessions import accounts, sessions
from src.app.user.models import User
from src.core.redis import redis
from tests.app.auth.conftest import SignedIn
from tests.app.auth.support import API, code, me, refresh, sign_in
from tests.factories.people import bearer, make_member


async def test_a_signed_out_token_is_dead_at_once(client: httpx.AsyncClient, minji: SignedIn) -> None:
    other = await sign_in(client, "minji.kim")
    client.cookies.clear()

    answer = await client.post(f"{API}/auth/sign-out", headers=minji.headers)

    assert (answer.status_code, answer.content) == (204, b"")
    cookie = SimpleCookie(answer.headers["set-cookie"])["refresh_token"]
    assert (cookie.value, cookie["max-age"], cookie["path"]) == ("", "0", "/api/v1/auth")
    assert code(await me(client, minji.access)) == (401, "INVALID_TOKEN")
    assert code(await refresh(client, minji.refresh)) == (401, "SESSION_REVOKED")
    assert code(await client.post(f"{API}/auth/sign-out", headers=minji.headers)) == (401, "INVALID_TOKEN")
    assert (await me(client, other.json()["access_token"])).status_code == 200


async def test_sign_out_ends_the_bearers_session_whatever_cookie_is_sent(
    client: httpx.AsyncClient, minji: SignedIn
) -> None:
    other = await sign_in(client, "minji.kim")
    cookie = {"Cookie": f"refresh_token={other.cookies['refresh_token']}"}
    client.cookies.clear()

    await client.post(f"{API}/auth/sign-out", headers={**minji.headers, **cookie})

    assert (await me(client, minji.access)).status_code == 401
    assert (await me(client, other.json()["access_token"])).status_code == 200


async def test_sign_out_everywhere_ends_all_my_sessions_and_nobody_elses(
    client: httpx.AsyncClient, minji: SignedIn
) -> None:
    second = await sign_in(client, "minji.kim", remember_me=True)
    other = await bearer(client, await make_member())

    answer = await client.post(f"{API}/auth/sign-out-all", headers=minji.headers)

    assert answer.status_code == 204
    assert (await User.get(id=minji.member.id)).session_epoch == 1
    assert (await me(client, minji.access)).status_code == 401
    assert (await me(client, second.json()["access_token"])).status_code == 401
    assert code(await refresh(client, second.cookies["refresh_token"])) == (401, "SESSION_REVOKED")
    assert (await client.get(f"{API}/me", headers=other)).status_code == 200
    assert await redis().exists(f"sessions:member:{minji.member.id}") == 0
    again = await sign_in(client, "minji.kim")
    assert (await refresh(client, again.cookies["refresh_token"])).status_code == 200


async def test_sessions_of_a_redis_restored_after_sign_out_everywhere_end_at_refresh(
    client: httpx.AsyncClient, minji: SignedIn
) -> None:
    (key,) = [key async for key in redis().scan_iter("session:*")]
    record = await redis().hgetall(key)
    await client.post(f"{API}/auth/sign-out-all", headers=minji.headers)
    await redis().flushdb()
    await redis().hset(key, mapping=record)

    assert code(await refresh(client, minji.refresh)) == (401, "SESSION_REVOKED")
    assert await redis().exists(key) == 0


async def test_a_sign_in_that_began_before_sign_out_everywhere_opens_nothing(
    client: httpx.AsyncClient, minji: SignedIn
) -> None:
    seen_before = await accounts.by_id("member", minji.member.id)
    assert seen_before is not None
    await client.post(f"{API}/auth/sign-out-all", headers=minji.headers)

    with pytest.raises(SessionRevoked):
        await sessions.open_session(seen_before, is_remembered=True)

    assert [key async for key in redis().scan_iter("session:*")] == []


async def test_refreshes_racing_a_sign_out_everywhere_leave_no_session(
    client: httpx.AsyncClient, minji: SignedIn
) -> None:
    ended, refreshed = await asyncio.gather(
        client.post(f"{API}/auth/sign-out-all", headers=minji.headers), refresh(client, minji.refresh)
    )

    assert ended.status_code == 204
    assert refreshed.status_code in (200, 401)
    assert [key async for key in redis().scan_iter("session:*")] == []


@pytest.mark.parametrize("path", ["/auth/sign-out", "/auth/sign-out-all"])
async def test_sign_out_needs_a_bearer_and_an_origin_of_ours(
    client: httpx.AsyncClient, minji: SignedIn, path: str
) -> None:
    foreign = {**minji.headers, "Origin": "https://evil.example"}

    assert code(await client.post(f"{API}{path}")) == (401, "NOT_AUTHENTICATED")
    assert code(await client.post(f"{API}{path}", headers=foreign)) == (403, "ORIGIN_NOT_ALLOWED")
    assert (await me(client, minji.access)).status_code == 200


async def test_an_expired_session_leaves_the_list_at_the_next_sign_in(
    client: httpx.AsyncClient, minji: SignedIn
) -> None:
    index = f"sessions:member:{minji.member.id}"
    await redis().zadd(index, {"long-gone": 1})

    await sign_in(client, "minji.kim")

    assert await redis().zcard(index) == 2
    assert await redis().ttl(index) > 13 * 86_400
