"""Two tabs and lost answers: the refresh token that was just replaced, and those that are older."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import httpx
import jwt
import pytest

from src.app.auth.errors import SessionRevoked
from src.app.auth.services.sessions import refresh as refreshing
from src.app.auth.services.sessions.tokens import key_id
from src.common import clock
from src.core.configs import Settings, settings, use
from src.core.configs.groups import SecuritySettings
from src.core.redis import redis
from tests.app.auth.support import API, code, refresh, sign_in
from tests.factories.people import make_member, make_staff

REVOKED = (401, "SESSION_REVOKED")


@dataclass(frozen=True)
class Side:
    """Members or staff: where they refresh, and what they may read then."""

    name: str
    cookie: str
    path: str
    own: str

    async def signed_in(self, client: httpx.AsyncClient) -> str:
        """The refresh token of somebody new."""
        if self.name == "member":
            somebody = await make_member(login_id="minji.kim")
            answer = await sign_in(client, str(somebody.login_id))
        else:
            answer = await sign_in(client, (await make_staff()).login_id, path="/admin/auth/sign-in")
        return answer.cookies[self.cookie]

    async def refresh(self, client: httpx.AsyncClient, token: str) -> httpx.Response:
        """Refresh with exactly this token."""
        return await refresh(client, token, cookie=self.cookie, path=self.path)

    async def successor(self, client: httpx.AsyncClient, token: str) -> str:
        """The token that a refresh with this one gives."""
        answer = await self.refresh(client, token)
        assert answer.status_code == 200, answer.text
        return answer.cookies[self.cookie]

    async def is_in(self, client: httpx.AsyncClient, answer: httpx.Response) -> bool:
        """Whether the access token of a refresh opens the own account."""
        headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        return (await client.get(f"{API}{self.own}", headers=headers)).status_code == 200


MEMBERS = Side("member", "refresh_token", "/auth/refresh", "/me")
STAFF = Side("staff", "staff_refresh", "/admin/auth/refresh", "/admin/me")
SIDES = [pytest.param(side, id=side.name) for side in (MEMBERS, STAFF)]


async def sessions() -> list[str]:
    """The keys of all living sessions."""
    return [key async for key in redis().scan_iter("session:*")]


def later(side: Side, token: str, seconds: int) -> Any:
    """Refresh so many seconds from now, past HTTP, which has no other clock."""
    kind: Any = side.name

    async def ask() -> str:
        with clock.as_of(clock.now() + timedelta(seconds=seconds)):
            return (await refreshing.refresh(token, kind=kind)).refresh

    return ask()


@pytest.mark.fault("I10")
@pytest.mark.parametrize("side", SIDES)
async def test_twenty_tabs_get_one_successor_and_keep_one_session(client: httpx.AsyncClient, side: Side) -> None:
    token = await side.signed_in(client)
    headers = {"Cookie": f"{side.cookie}={token}"}
    client.cookies.clear()

    answers = await asyncio.gather(*(client.post(f"{API}{side.path}", headers=headers) for _ in range(20)))

    assert [answer.status_code for answer in answers] == [200] * 20
    (next_token,) = {answer.cookies[side.cookie] for answer in answers}
    assert next_token != token
    assert [await side.is_in(client, answer) for answer in answers] == [True] * 20
    assert len(await sessions()) == 1
    assert (await side.refresh(client, next_token)).status_code == 200


@pytest.mark.fault("I10")
@pytest.mark.parametrize("side", SIDES)
async def test_a_lost_answer_is_given_again(client: httpx.AsyncClient, side: Side) -> None:
    token = await side.signed_in(client)
    lost = await side.successor(client, token)

    again = await side.successor(client, token)

    assert again == lost
    third = await side.successor(client, again)
    assert third not in (token, again)
    assert len(await sessions()) == 1


@pytest.mark.fault("I10")
@pytest.mark.parametrize("side", SIDES)
async def test_an_answer_that_was_lost_twice_is_given_again(client: httpx.AsyncClient, side: Side) -> None:
    token = await side.signed_in(client)
    second = await side.successor(client, token)

    assert {await side.successor(client, second) for _ in range(3)} == {await side.successor(client, second)}
    assert len(await sessions()) == 1


@pytest.mark.parametrize("side", SIDES)
async def test_a_token_whose_successor_was_used_ends_the_session(client: httpx.AsyncClient, side: Side) -> None:
    token = await side.signed_in(client)
    second = await side.successor(client, token)
    used = await side.refresh(client, second)

    assert code(await side.refresh(client, token)) == REVOKED
    assert await side.is_in(client, used) is False
    assert code(await side.refresh(client, used.cookies[side.cookie])) == REVOKED
    assert await sessions() == []


@pytest.mark.parametrize("side", SIDES)
async def test_an_older_token_ends_the_session(client: httpx.AsyncClient, side: Side) -> None:
    token = await side.signed_in(client)
    second = await side.successor(client, token)
    third = await side.successor(client, second)
    await side.successor(client, third)

    assert code(await side.refresh(client, token)) == REVOKED
    assert code(await side.refresh(client, third)) == REVOKED
    assert await sessions() == []


@pytest.mark.fault("I10")
@pytest.mark.parametrize("side", SIDES)
async def test_an_unused_successor_is_given_again_for_ten_minutes(client: httpx.AsyncClient, side: Side) -> None:
    token = await side.signed_in(client)
    second = await side.successor(client, token)

    assert [await later(side, token, seconds) for seconds in (29, 31, 595)] == [second] * 3


@pytest.mark.parametrize("side", SIDES)
async def test_after_ten_minutes_a_replaced_token_ends_the_session(client: httpx.AsyncClient, side: Side) -> None:
    token = await side.signed_in(client)
    second = await side.successor(client, token)

    with pytest.raises(SessionRevoked):
        await later(side, token, 602)

    assert code(await side.refresh(client, second)) == REVOKED
    assert await sessions() == []


@pytest.mark.fault("I10")
async def test_a_repeated_answer_tells_how_long_the_cookie_still_lives(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    token = (await sign_in(client, "minji.kim", remember_me=True)).cookies["refresh_token"]
    first = await MEMBERS.successor(client, token)

    with clock.as_of(clock.now() + timedelta(seconds=300)):
        repeated = await refreshing.refresh(token, kind="member")

    assert (repeated.refresh, repeated.is_remembered) == (first, True)
    assert repeated.refresh_seconds in range(1_209_297, 1_209_301)
    claims = [jwt.decode(text, options={"verify_signature": False}) for text in (first, repeated.access)]
    assert claims[0]["exp"] - claims[0]["iat"] == 1_209_600
    assert claims[1]["iat"] - claims[0]["iat"] in (299, 300, 301)  # the access token is a new one


@pytest.mark.fault("I10")
async def test_a_successor_stays_the_same_while_the_key_is_changed(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    token = await MEMBERS.signed_in(client)
    before = await MEMBERS.successor(client, token)
    old = settings().security.jwt_secret
    rotated = SecuritySettings(jwt_secret="another-secret-of-enough-length!", old_jwt_secrets=(old,), bcrypt_rounds=4)

    with use(replace(shop_settings, security=rotated)):
        after = await refreshing.refresh(token, kind="member")
        kid = jwt.get_unverified_header(after.refresh)["kid"]
        assert kid == key_id("another-secret-of-enough-length!")
        assert (await refreshing.refresh(after.refresh, kind="member")).refresh

    names = [jwt.decode(text, options={"verify_signature": False})["jti"] for text in (before, after.refresh)]
    assert names[0] == names[1]
    assert len(await sessions()) == 1


async def test_redis_does_not_hold_what_makes_a_successor(client: httpx.AsyncClient) -> None:
    token = await MEMBERS.signed_in(client)
    second = await MEMBERS.successor(client, token)
    names = [jwt.decode(text, options={"verify_signature": False})["jti"] for text in (token, second)]
    (key,) = await sessions()

    held = str(await redis().hgetall(key))

    assert [name for name in names if name in held] == []
