"""Tabs that refresh one session at the same moment, against two workers that share nothing but MySQL and Redis."""

import asyncio
from typing import Any, Final

import httpx
import pytest

from tests.concurrency.servers import Database
from tests.concurrency.support import API, Shop, needs_servers, within

pytestmark = [needs_servers, pytest.mark.fault("I10")]
TABS: Final = 20
SIDES: Final = [
    pytest.param(
        "refresh_token", "/auth", {"login_id": "demo", "password": "Demo!2345"}, "/auth/sessions", id="member"
    ),
    pytest.param(
        "staff_refresh", "/admin/auth", {"login_id": "admin", "password": "Admin!2345"}, "/admin/me", id="staff"
    ),
]


@within(300)
@pytest.mark.parametrize(("cookie", "path", "who", "own"), SIDES)
async def test_twenty_tabs_at_two_workers_get_one_successor(
    calm: tuple[Shop, Database], cookie: str, path: str, who: dict[str, Any], own: str
) -> None:
    shop, _ = calm
    async with shop.client(connections=TABS) as client:
        signed_in = await client.post(f"{API}{path}/sign-in", json=who)
        assert signed_in.status_code == 200, signed_in.text

        async def refreshed(token: str) -> httpx.Response:
            client.cookies.clear()
            return await client.post(f"{API}{path}/refresh", headers={"Cookie": f"{cookie}={token}"})

        token = signed_in.cookies[cookie]
        for _ in range(5):
            answers = await asyncio.gather(*(refreshed(token) for _ in range(TABS)))
            assert [answer.status_code for answer in answers] == [200] * TABS
            (successor,) = {answer.cookies[cookie] for answer in answers}
            access = {answer.json()["access_token"] for answer in answers}
            seen = [
                await client.get(f"{API}{own}", headers={"Authorization": f"Bearer {one}"}) for one in sorted(access)
            ]
            assert {answer.status_code for answer in seen} == {200}
            assert successor != token
            before, token = token, successor
        assert (await refreshed(token)).status_code == 200
        assert (await refreshed(before)).status_code == 401
        assert (await refreshed(token)).status_code == 401
