"""In production, staff without a second factor get only its set-up."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from src.core.configs import settings, use
from tests.app.auth.support import API, code, refresh
from tests.app.staff.people import code_of, headers_of, is_signed_in, staff_sign_in
from tests.factories.people import PASSWORD, make_staff

AGAIN = {"password": PASSWORD}


@pytest.fixture
def production(client: httpx.AsyncClient) -> Iterator[None]:
    """The shop believes that it is in production."""
    now = settings()
    with use(replace(now, server=now.server.model_copy(update={"env": "prod"}))):
        yield


async def test_such_a_session_can_do_nothing_else(client: httpx.AsyncClient, production: None) -> None:
    staff = await make_staff()

    signed_in = await staff_sign_in(client, staff)
    headers = headers_of(signed_in)

    for method, path in (
        ("GET", "/admin/me"),
        ("GET", "/admin/staff"),
        ("GET", "/admin/users"),
        ("GET", "/admin/users/1"),
        ("POST", "/admin/me/password"),
        ("POST", "/admin/auth/recovery-codes"),
        ("DELETE", "/admin/auth/totp"),
    ):
        answer = await client.request(method, f"{API}{path}", headers=headers)
        assert code(answer) == (403, "SECOND_FACTOR_REQUIRED"), path
    cookie = signed_in.cookies["staff_refresh"]
    again = await refresh(client, cookie, cookie="staff_refresh", path="/admin/auth/refresh")
    refused = await client.get(f"{API}/admin/me", headers=headers_of(again))
    assert code(refused) == (403, "SECOND_FACTOR_REQUIRED")


async def test_after_the_set_up_everything_is_open(client: httpx.AsyncClient, production: None) -> None:
    staff = await make_staff()
    limited = headers_of(await staff_sign_in(client, staff))

    secret = (await client.post(f"{API}/admin/auth/totp", json=AGAIN, headers=limited)).json()["secret"]
    body = {"code": await code_of(secret, steps=-1)}
    confirmed = await client.post(f"{API}/admin/auth/totp/confirm", json=body, headers=limited)

    assert await is_signed_in(client, headers_of(confirmed))
    assert code(await client.get(f"{API}/admin/me", headers=limited)) == (401, "INVALID_TOKEN")
    again = await staff_sign_in(client, staff, await code_of(secret))
    assert await is_signed_in(client, headers_of(again))


async def test_a_session_that_somebody_opened_with_the_password_alone_does_not_become_a_full_one(
    client: httpx.AsyncClient, production: None
) -> None:
    staff = await make_staff()
    stolen = (await staff_sign_in(client, staff)).cookies["staff_refresh"]
    limited = headers_of(await staff_sign_in(client, staff))
    secret = (await client.post(f"{API}/admin/auth/totp", json=AGAIN, headers=limited)).json()["secret"]
    body = {"code": await code_of(secret, steps=-1)}
    assert (await client.post(f"{API}/admin/auth/totp/confirm", json=body, headers=limited)).status_code == 200

    answer = await refresh(client, stolen, cookie="staff_refresh", path="/admin/auth/refresh")

    assert code(answer) == (401, "SESSION_REVOKED")


async def test_such_a_session_can_be_signed_out(client: httpx.AsyncClient, production: None) -> None:
    headers = headers_of(await staff_sign_in(client, await make_staff()))

    assert (await client.post(f"{API}/admin/auth/sign-out", headers=headers)).status_code == 204
    answer = await client.post(f"{API}/admin/auth/totp", json=AGAIN, headers=headers)
    assert code(answer) == (401, "INVALID_TOKEN")
