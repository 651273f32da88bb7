"""Whom a token is for: members' and staff's tokens name different audiences, those of before name none."""

from typing import Any

import httpx
import jwt
import pytest

from tests.app.auth.conftest import SignedIn
from tests.app.auth.support import API, code, forged, me, refresh, sign_in
from tests.factories.people import make_staff

INVALID = (401, "INVALID_TOKEN")
WRONG: list[Any] = ["", "micgolf-shop", "somebody-else", ["somebody-else"], [], 7, {"a": 1}, True]


def audience(token: str) -> Any:
    """The `aud` of a token of ours."""
    return jwt.decode(token, options={"verify_signature": False}).get("aud")


async def staff_tokens(client: httpx.AsyncClient) -> tuple[str, str]:
    """Access and refresh token of a staff member."""
    answer = await sign_in(client, (await make_staff()).login_id, path="/admin/auth/sign-in")
    return answer.json()["access_token"], answer.cookies["staff_refresh"]


async def admin_me(client: httpx.AsyncClient, token: str) -> httpx.Response:
    """GET /admin/me with this access token."""
    return await client.get(f"{API}/admin/me", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.fault("S9")
async def test_members_and_staff_have_audiences_of_their_own(client: httpx.AsyncClient, minji: SignedIn) -> None:
    access, again = await staff_tokens(client)

    members = {audience(minji.access), audience(minji.refresh)}
    staff = {audience(access), audience(again)}

    assert (len(members), len(staff), members & staff) == (1, 1, set())
    assert all(isinstance(name, str) and name for name in members | staff)
    renewed = (await refresh(client, minji.refresh)).cookies["refresh_token"]
    assert audience(renewed) == audience(minji.refresh)


@pytest.mark.fault("S9")
async def test_a_token_for_somebody_else_opens_nothing(client: httpx.AsyncClient, minji: SignedIn) -> None:
    access, again = await staff_tokens(client)
    wrong = [*WRONG, audience(access)]

    members = [code(await me(client, forged({"aud": name}, token=minji.access))) for name in wrong]
    renewed = [code(await refresh(client, forged({"aud": name}, token=minji.refresh))) for name in wrong]
    staff = [code(await admin_me(client, forged({"aud": audience(minji.access)}, token=access)))]
    cookie = forged({"aud": audience(minji.access)}, token=again)
    staff.append(code(await refresh(client, cookie, cookie="staff_refresh", path="/admin/auth/refresh")))

    assert [*members, *renewed, *staff] == [INVALID] * (2 * len(wrong) + 2)
    assert (await me(client, minji.access)).status_code == 200
    assert (await admin_me(client, access)).status_code == 200


async def test_tokens_of_before_count_until_they_end(client: httpx.AsyncClient, minji: SignedIn) -> None:
    access, again = await staff_tokens(client)
    old = [forged({"aud": None}, token=token) for token in (minji.access, minji.refresh, access, again)]

    assert (await me(client, old[0])).status_code == 200
    assert (await admin_me(client, old[2])).status_code == 200
    member = await refresh(client, old[1])
    staff = await refresh(client, old[3], cookie="staff_refresh", path="/admin/auth/refresh")
    assert (audience(member.json()["access_token"]), audience(member.cookies["refresh_token"])) == (
        audience(minji.access),
        audience(minji.refresh),
    )
    assert audience(staff.cookies["staff_refresh"]) == audience(again)


async def test_a_token_of_before_does_not_change_sides(client: httpx.AsyncClient, minji: SignedIn) -> None:
    access, _ = await staff_tokens(client)

    assert code(await admin_me(client, forged({"aud": None}, token=minji.access))) == (403, "FORBIDDEN")
    assert code(await me(client, forged({"aud": None}, token=access))) == (403, "FORBIDDEN")
    assert code(await admin_me(client, forged({"aud": None, "kind": "staff"}, token=minji.access))) == INVALID
