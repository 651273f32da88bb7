"""Going on with a session, and what happens to stolen refresh tokens."""

from typing import Any

import httpx
import pytest

from src.app.user.models import User, UserStatus
from src.core.redis import redis
from tests.app.auth.conftest import SignedIn
from tests.app.auth.support import API, code, forged, me, refresh, seconds_ago, sign_in
from tests.factories.people import make_member, make_staff


async def test_refresh_gives_new_tokens_for_the_same_session(client: httpx.AsyncClient, minji: SignedIn) -> None:
    answer = await refresh(client, minji.refresh)

    assert answer.status_code == 200
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 600)
    assert answer.cookies["refresh_token"] != minji.refresh
    assert (await me(client, answer.json()["access_token"])).status_code == 200
    assert len([key async for key in redis().scan_iter("session:*")]) == 1
    assert (await refresh(client, answer.cookies["refresh_token"])).status_code == 200


async def test_a_remembered_session_stays_remembered(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    first = await sign_in(client, "minji.kim", remember_me=True)

    answer = await refresh(client, first.cookies["refresh_token"])

    assert "Max-Age=1209600" in answer.headers["set-cookie"]
    (key,) = [key async for key in redis().scan_iter("session:*")]
    assert await redis().ttl(key) > 13 * 86_400


async def test_an_older_refresh_token_ends_the_session(client: httpx.AsyncClient, minji: SignedIn) -> None:
    fresh = await refresh(client, minji.refresh)
    newest = await refresh(client, fresh.cookies["refresh_token"])

    assert code(await refresh(client, minji.refresh)) == (401, "SESSION_REVOKED")
    assert (await me(client, newest.json()["access_token"])).status_code == 401
    assert (await me(client, minji.access)).status_code == 401
    assert code(await refresh(client, newest.cookies["refresh_token"])) == (401, "SESSION_REVOKED")


async def test_the_end_of_one_session_leaves_the_others(client: httpx.AsyncClient, minji: SignedIn) -> None:
    other = await sign_in(client, "minji.kim")
    fresh = await refresh(client, minji.refresh)
    await refresh(client, fresh.cookies["refresh_token"])
    assert (await refresh(client, minji.refresh)).status_code == 401

    assert (await me(client, other.json()["access_token"])).status_code == 200


async def test_a_refresh_token_that_we_did_not_make_ends_nothing(client: httpx.AsyncClient, minji: SignedIn) -> None:
    bad = [
        "x",
        "a.b.c",
        "a" * 5000,
        minji.access,
        minji.refresh[:-2],
        forged({}, token=minji.refresh, key="another-key-another-key-another-key"),
        forged({}, token=minji.refresh, key="", algorithm="none"),
        forged({"typ": "access"}, token=minji.refresh),
        forged({"exp": seconds_ago(1)}, token=minji.refresh),
        forged({"jti": None}, token=minji.refresh),
        forged({"kind": "staff"}, token=minji.refresh),
        forged({"kind": "guest"}, token=minji.refresh),
    ]

    answers = [code(await refresh(client, token)) for token in bad]

    assert answers == [(401, "INVALID_TOKEN")] * len(bad)
    assert (await me(client, minji.access)).status_code == 200
    assert (await refresh(client, minji.refresh)).status_code == 200


async def test_without_a_cookie_nobody_is_signed_in(client: httpx.AsyncClient, minji: SignedIn) -> None:
    client.cookies.clear()

    assert code(await client.post(f"{API}/auth/refresh")) == (401, "NOT_AUTHENTICATED")
    answer = await client.post(f"{API}/auth/refresh", headers=minji.headers)
    assert code(answer) == (401, "NOT_AUTHENTICATED")


async def test_a_token_for_another_members_session_ends_that_of_nobody_else(
    client: httpx.AsyncClient, minji: SignedIn
) -> None:
    other = await make_member()

    answer = await refresh(client, forged({"sub": str(other.id)}, token=minji.refresh))

    assert code(answer) == (401, "SESSION_REVOKED")
    assert (await me(client, minji.access)).status_code == 401


@pytest.mark.parametrize("change", [{"session_epoch": 1}, {"status": UserStatus.SUSPENDED}])
async def test_a_restored_redis_revives_no_session_that_the_row_ended(
    client: httpx.AsyncClient, minji: SignedIn, change: dict[str, Any]
) -> None:
    await User.filter(id=minji.member.id).update(**change)

    assert code(await refresh(client, minji.refresh)) == (401, "SESSION_REVOKED")
    assert (await me(client, minji.access)).status_code == 401


async def test_a_member_who_is_gone_cannot_refresh(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await User.filter(id=minji.member.id).delete()

    assert code(await me(client, minji.access)) == (401, "INVALID_TOKEN")
    assert code(await refresh(client, minji.refresh)) == (401, "SESSION_REVOKED")


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:5173.evil.example", "http://evil.example/http://localhost:5173"],
)
async def test_a_foreign_origin_is_refused_and_uses_nothing_up(
    client: httpx.AsyncClient, minji: SignedIn, origin: str
) -> None:
    assert code(await refresh(client, minji.refresh, Origin=origin)) == (403, "ORIGIN_NOT_ALLOWED")
    assert (await refresh(client, minji.refresh)).status_code == 200


async def test_our_own_origins_may_refresh(client: httpx.AsyncClient, minji: SignedIn) -> None:
    first = await refresh(client, minji.refresh, Origin="http://localhost:5173")
    second = await refresh(client, first.cookies["refresh_token"], Origin=str(client.base_url).rstrip("/"))

    assert (first.status_code, second.status_code) == (200, 200)


async def test_a_staff_token_in_the_members_cookie_is_refused(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    signed_in = await sign_in(client, staff.login_id, path="/admin/auth/sign-in")
    token = signed_in.cookies["staff_refresh"]

    assert code(await refresh(client, token)) == (401, "INVALID_TOKEN")
    answer = await refresh(client, token, cookie="staff_refresh", path="/admin/auth/refresh")
    assert answer.status_code == 200


async def test_with_redis_away_refresh_says_so(client: httpx.AsyncClient, minji: SignedIn, redis_is_away: None) -> None:
    assert code(await refresh(client, minji.refresh)) == (503, "SESSION_STORE_UNAVAILABLE")
