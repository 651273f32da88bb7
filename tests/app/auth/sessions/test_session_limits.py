"""How long sessions live: so long without a sign of life, and so long at most."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.auth.errors import SessionRevoked
from src.app.auth.services.sessions import accounts, sessions, tokens
from src.app.auth.services.sessions.lifetimes import Limits, limits_of
from src.app.auth.services.sessions.tokens import AccountKind
from src.common import clock
from src.core.configs import Settings, use
from src.core.redis import redis
from tests.app.auth.conftest import SignedIn
from tests.app.auth.support import code, me, refresh, sign_in
from tests.factories.people import make_member, make_staff

DAY, HOUR = 86_400, 3600


@pytest.mark.parametrize(
    ("kind", "is_remembered", "limits"),
    [
        ("member", False, Limits(idle=12 * HOUR, absolute=60 * DAY)),
        ("member", True, Limits(idle=14 * DAY, absolute=60 * DAY)),
        ("staff", False, Limits(idle=HOUR, absolute=12 * HOUR)),
        ("staff", True, Limits(idle=HOUR, absolute=12 * HOUR)),
    ],
)
def test_staff_live_shorter_than_members(
    shop_settings: Settings, kind: AccountKind, is_remembered: bool, limits: Limits
) -> None:
    assert limits_of(kind, is_remembered=is_remembered) == limits


@pytest.fixture
def hurried(client: httpx.AsyncClient, shop_settings: Settings) -> Iterator[None]:
    """A session ends after a second without a sign of life."""
    security = shop_settings.security.model_copy(update={"short_session_seconds": 1})
    with use(replace(shop_settings, security=security)):
        yield


async def test_without_a_sign_of_life_it_ends(client: httpx.AsyncClient, hurried: None) -> None:
    await make_member(login_id="minji.kim")
    answer = await sign_in(client, "minji.kim")

    await asyncio.sleep(1.3)

    assert code(await me(client, answer.json()["access_token"])) == (401, "INVALID_TOKEN")
    assert code(await refresh(client, answer.cookies["refresh_token"])) == (401, "INVALID_TOKEN")


@pytest.mark.parametrize(("kind", "idle"), [("member", 12 * HOUR), ("staff", HOUR)])
async def test_a_sign_of_life_begins_the_idle_time_anew(
    client: httpx.AsyncClient, kind: AccountKind, idle: int
) -> None:
    claims, key = await opened(kind)
    await redis().expire(key, 100)
    now = int(clock.now().timestamp())

    await sessions.identity_of(claims)
    assert await redis().ttl(key) <= 100, "noted less than a minute ago"
    await redis().hset(key, mapping={"seen": now - 61})
    await sessions.identity_of(claims)

    assert idle - 5 <= await redis().ttl(key) <= idle


@pytest.mark.parametrize(("kind", "absolute"), [("member", 60 * DAY), ("staff", 12 * HOUR)])
async def test_however_lively_it_ends_at_last(client: httpx.AsyncClient, kind: AccountKind, absolute: int) -> None:
    claims, key = await opened(kind)
    begun = clock.now()

    with clock.as_of(begun + timedelta(seconds=absolute - 5)):
        assert await sessions.identity_of(claims) is not None
        assert await redis().ttl(key) <= 6, "no sign of life reaches beyond the end"
    with clock.as_of(begun + timedelta(seconds=absolute + 1)):
        assert await sessions.identity_of(claims) is None

    assert not await redis().exists(key)


async def test_no_refresh_reaches_beyond_the_end(client: httpx.AsyncClient, minji: SignedIn) -> None:
    account = await accounts.by_id("member", minji.member.id)
    assert account is not None
    opened_tokens = await sessions.open_session(account, is_remembered=True)
    claims = tokens.read(opened_tokens.refresh, typ="refresh")
    begun = clock.now()

    with clock.as_of(begun + timedelta(days=59)):
        late = await sessions.rotate(claims, account=account)
        next_claims = tokens.read(late.refresh, typ="refresh")
    assert DAY - 5 <= late.refresh_seconds <= DAY
    with clock.as_of(begun + timedelta(days=60, seconds=1)), pytest.raises(SessionRevoked):
        await sessions.rotate(next_claims, account=account)


async def opened(kind: AccountKind) -> tuple[Any, str]:
    """The claims of a new session, and its key in Redis."""
    made = await (make_staff() if kind == "staff" else make_member())
    account = await accounts.by_id(kind, made.id)
    assert account is not None
    issued = await sessions.open_session(account)
    claims = tokens.read(issued.access, typ="access")
    return claims, f"session:{claims.session_id}"
