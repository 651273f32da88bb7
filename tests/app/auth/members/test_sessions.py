"""My devices: every living session of mine, and how I end one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.auth.services.sessions.devices import UNKNOWN, device_of
from src.common import clock
from src.core.redis import redis
from tests.app.auth.conftest import SignedIn
from tests.app.auth.support import API, code, me, refresh, sign_in
from tests.factories.people import bearer, make_member, staff_bearer

SESSIONS = f"{API}/auth/sessions"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Safari/604.1"
FIELDS = {"id", "device", "address", "created_at", "last_seen_at", "remember_me", "is_current"}


async def mine(client: httpx.AsyncClient, headers: dict[str, str]) -> list[dict[str, Any]]:
    """GET /auth/sessions."""
    answer = await client.get(SESSIONS, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_a_session_shows_device_address_and_since_when(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    at = {"User-Agent": PHONE, "X-Forwarded-For": "203.0.113.7"}
    body = {"login_id": "minji.kim", "password": "Golf!2345", "remember_me": True}
    before = datetime.now(UTC).replace(microsecond=0)
    token = (await client.post(f"{API}/auth/sign-in", json=body, headers=at)).json()["access_token"]

    (session,) = await mine(client, {"Authorization": f"Bearer {token}"})

    assert set(session) == FIELDS
    assert (session["device"], session["address"]) == ("Safari · iPhone", "203.0.113.7")
    assert (session["remember_me"], session["is_current"]) == (True, True)
    assert session["created_at"] == session["last_seen_at"]
    assert before <= datetime.fromisoformat(session["created_at"]) <= datetime.now(UTC)
    assert session["created_at"].endswith("+09:00")


async def test_the_last_seen_comes_first_and_one_is_the_current(client: httpx.AsyncClient, minji: SignedIn) -> None:
    second = await bearer(client, minji.member)
    ids = [session["id"] for session in await mine(client, minji.headers)]
    (current,) = [session["id"] for session in await mine(client, minji.headers) if session["is_current"]]
    seen = int(clock.now().timestamp())
    await redis().hset(f"session:{current}", mapping={"seen": seen - 300})

    listed = await mine(client, second)

    assert {session["id"] for session in listed} == set(ids)
    assert [session["is_current"] for session in listed] == [True, False]
    assert listed[1]["id"] == current


async def test_a_sign_of_life_is_noted_once_a_minute(client: httpx.AsyncClient, minji: SignedIn) -> None:
    (session,) = await mine(client, minji.headers)
    key, now = f"session:{session['id']}", int(clock.now().timestamp())
    for ago, noted in ((30, False), (90, True)):
        await redis().hset(key, mapping={"seen": now - ago})
        await me(client, minji.access)
        seen = int(await redis().hget(key, "seen") or 0)
        assert (seen >= now) is noted


async def test_others_sessions_are_not_mine(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await bearer(client, await make_member())
    await staff_bearer(client)

    assert len(await mine(client, minji.headers)) == 1


async def test_an_ended_device_is_out_at_once_and_the_others_stay(client: httpx.AsyncClient, minji: SignedIn) -> None:
    stolen = await sign_in(client, "minji.kim")
    (other,) = [session["id"] for session in await mine(client, minji.headers) if not session["is_current"]]

    answer = await client.delete(f"{SESSIONS}/{other}", headers=minji.headers)

    assert (answer.status_code, answer.content) == (204, b"")
    assert code(await me(client, stolen.json()["access_token"])) == (401, "INVALID_TOKEN")
    assert code(await refresh(client, stolen.cookies["refresh_token"])) == (401, "SESSION_REVOKED")
    assert (await me(client, minji.access)).status_code == 200
    assert code(await client.delete(f"{SESSIONS}/{other}", headers=minji.headers)) == (404, "SESSION_NOT_FOUND")


async def test_the_session_that_asks_may_end_itself(client: httpx.AsyncClient, minji: SignedIn) -> None:
    (session,) = await mine(client, minji.headers)

    assert (await client.delete(f"{SESSIONS}/{session['id']}", headers=minji.headers)).status_code == 204
    assert code(await me(client, minji.access)) == (401, "INVALID_TOKEN")


async def test_another_members_or_a_staff_session_is_as_absent_as_none(
    client: httpx.AsyncClient, minji: SignedIn
) -> None:
    theirs, staff = await bearer(client, await make_member()), await staff_bearer(client)
    (foreign,) = [session["id"] for session in await mine(client, theirs)]
    (office,) = [
        str(key).removeprefix("session:")
        async for key in redis().scan_iter("session:*")
        if await redis().hget(key, "kind") == "staff"
    ]

    answers = [
        await client.delete(f"{SESSIONS}/{asked}", headers=minji.headers)
        for asked in (foreign, office, "A" * 22, "x", "*", "a:b")
    ]

    assert {code(answer) for answer in answers} == {(404, "SESSION_NOT_FOUND")}
    assert (await client.get(f"{API}/me", headers=theirs)).status_code == 200
    assert (await client.get(f"{API}/admin/me", headers=staff)).status_code == 200
    too_long = await client.delete(f"{SESSIONS}/{'x' * 65}", headers=minji.headers)
    assert code(too_long) == (422, "VALIDATION_ERROR")


async def test_a_sign_in_never_goes_on_with_a_session_that_was_there_before(client: httpx.AsyncClient) -> None:
    """Session fixation: whoever planted a cookie or a token knows nothing about the session that is opened."""
    await make_member(login_id="minji.kim")
    attacker = await make_member(login_id="attacker")
    planted = await sign_in(client, "attacker")
    cookie = {"Cookie": f"refresh_token={planted.cookies['refresh_token']}"}
    token = {"Authorization": f"Bearer {planted.json()['access_token']}"}
    client.cookies.clear()
    body = {"login_id": "minji.kim", "password": "Golf!2345"}

    answer = await client.post(f"{API}/auth/sign-in", json=body, headers={**cookie, **token})

    opened = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert (await client.get(f"{API}/me", headers=opened)).json()["login_id"] == "minji.kim"
    assert answer.cookies["refresh_token"] != planted.cookies["refresh_token"]
    (theirs,), (own,) = await mine(client, token), await mine(client, opened)
    assert theirs["id"] != own["id"]
    assert (await client.get(f"{API}/me", headers=token)).json()["id"] == attacker.id
    assert (await refresh(client, planted.cookies["refresh_token"])).status_code == 200
    assert (await client.get(f"{API}/me", headers=opened)).json()["login_id"] == "minji.kim"


async def test_every_sign_in_of_one_browser_is_a_session_of_its_own(client: httpx.AsyncClient) -> None:
    member = await make_member(login_id="minji.kim")
    ids = set()
    for _ in range(3):  # the client keeps and sends its cookie
        headers = await bearer(client, member)
        ids |= {session["id"] for session in await mine(client, headers) if session["is_current"]}

    assert len(ids) == 3
    assert all(len(session_id) == 22 for session_id in ids)  # 128 random bits


@pytest.mark.parametrize(("method", "path"), [("GET", SESSIONS), ("DELETE", f"{SESSIONS}/x")])
async def test_who_is_not_a_member_sees_nothing(client: httpx.AsyncClient, method: str, path: str) -> None:
    assert code(await client.request(method, path)) == (401, "NOT_AUTHENTICATED")
    assert code(await client.request(method, path, headers=await staff_bearer(client))) == (403, "FORBIDDEN")


async def test_with_redis_away_it_is_said_so(client: httpx.AsyncClient, minji: SignedIn, redis_is_away: None) -> None:
    assert code(await client.get(SESSIONS, headers=minji.headers)) == (503, "SESSION_STORE_UNAVAILABLE")


async def test_a_list_forgets_sessions_that_redis_let_go(client: httpx.AsyncClient, minji: SignedIn) -> None:
    index = f"sessions:member:{minji.member.id}"
    await redis().zadd(index, {"long-gone": int((clock.now() + timedelta(days=1)).timestamp())})

    assert len(await mine(client, minji.headers)) == 1
    assert await redis().zcard(index) == 1


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (PHONE, "Safari · iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Whale/4.32 Safari/537.36", "Whale · Windows"),
        ("Mozilla/5.0 (Linux; Android 16; SM-S931N) SamsungBrowser/29.0 Chrome/136.0", "Samsung Internet · Android"),
        ("Mozilla/5.0 (iPhone) KAKAOTALK/25.9.0 (INAPP)", "카카오톡 · iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Gecko/20100101 Firefox/145.0", "Firefox · macOS"),
        ("curl/8.5.0", UNKNOWN),
        ("", UNKNOWN),
        ("<script>alert(1)</script> Chrome/1", "Chrome"),
        ("김민지의 전화", UNKNOWN),
    ],
)
def test_a_device_is_told_in_words_of_ours(agent: str, device: str) -> None:
    assert device_of(agent) == device
