"""Staff sign in apart from members."""

from http.cookies import SimpleCookie

import httpx

from src.app.auth.services.sessions.gate import SessionGate
from src.app.staff.models import Staff, StaffStatus
from src.app.staff.services.permissions import ALL
from src.common.identity import Identity
from tests.app.auth.support import API, code, refresh, sign_in
from tests.app.staff.people import make_role
from tests.factories.people import PASSWORD, make_member, make_staff

SIGN_IN = "/admin/auth/sign-in"


async def test_staff_get_a_session_with_role_and_permissions(client: httpx.AsyncClient) -> None:
    staff = await make_staff(login_id="Admin", password="Admin!2345")

    answer = await sign_in(client, "admin", "Admin!2345", path=SIGN_IN, otp="123456")

    cookie = SimpleCookie(answer.headers["set-cookie"])["staff_refresh"]
    assert (answer.status_code, answer.json()["expires_in"]) == (200, 600)
    assert (cookie["path"], cookie["httponly"], cookie["max-age"]) == ("/api/v1/admin/auth", True, "")
    identity = await SessionGate().staff(f"Bearer {answer.json()['access_token']}")
    assert identity == Identity(
        kind="staff",
        id=staff.id,
        role="owner",
        permissions=ALL,
        session_id=identity.session_id,
    )
    assert identity.key == f"staff:{staff.id}"


async def test_staff_are_unknown_to_the_members_sign_in_and_the_reverse(client: httpx.AsyncClient) -> None:
    await make_staff(login_id="admin")
    await make_member(login_id="minji.kim")

    assert code(await sign_in(client, "admin")) == (401, "BAD_CREDENTIALS")
    assert code(await sign_in(client, "minji.kim", path=SIGN_IN)) == (401, "BAD_CREDENTIALS")


async def test_failures_of_a_member_do_not_lock_out_staff_of_the_same_name(client: httpx.AsyncClient) -> None:
    await make_staff(login_id="admin")
    for _ in range(10):
        await sign_in(client, "admin", "Wrong!2345")

    assert code(await sign_in(client, "admin")) == (429, "TOO_MANY_ATTEMPTS")
    assert (await sign_in(client, "admin", path=SIGN_IN)).status_code == 200


async def test_a_refresh_takes_over_a_changed_role(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    first = await sign_in(client, staff.login_id, path=SIGN_IN)
    nothing = await make_role(code="nothing")
    await Staff.filter(id=staff.id).update(role_id=nothing.id)

    answer = await refresh(client, first.cookies["staff_refresh"], cookie="staff_refresh", path="/admin/auth/refresh")

    identity = await SessionGate().staff(f"Bearer {answer.json()['access_token']}")
    assert (identity.role, identity.permissions) == ("nothing", frozenset())


async def test_suspended_staff_cannot_refresh_or_sign_in(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    first = await sign_in(client, staff.login_id, path=SIGN_IN)
    await Staff.filter(id=staff.id).update(status=StaffStatus.SUSPENDED)

    answer = await refresh(client, first.cookies["staff_refresh"], cookie="staff_refresh", path="/admin/auth/refresh")

    assert code(answer) == (401, "SESSION_REVOKED")
    assert code(await sign_in(client, staff.login_id, path=SIGN_IN)) == (403, "ACCOUNT_SUSPENDED")


async def test_staff_sign_out_ends_the_session(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    token = (await sign_in(client, staff.login_id, path=SIGN_IN)).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}

    assert (await client.post(f"{API}/admin/auth/sign-out", headers=headers)).status_code == 204
    assert code(await client.post(f"{API}/admin/auth/sign-out", headers=headers)) == (401, "INVALID_TOKEN")


async def test_staff_cannot_ask_to_be_remembered_or_for_a_role(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    for extra in ({"remember_me": True}, {"role": "owner"}):
        answer = await sign_in(client, staff.login_id, PASSWORD, path=SIGN_IN, **extra)
        assert code(answer) == (422, "VALIDATION_ERROR")


async def test_a_foreign_origin_uses_no_staff_session_up(client: httpx.AsyncClient) -> None:
    signed_in = await sign_in(client, (await make_staff()).login_id, path=SIGN_IN)
    token, foreign = signed_in.cookies["staff_refresh"], "https://evil.example"
    headers = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}
    cookie = {"cookie": "staff_refresh", "path": "/admin/auth/refresh"}

    out = await client.post(f"{API}/admin/auth/sign-out", headers={**headers, "Origin": foreign})
    again = await refresh(client, token, **cookie, Origin=foreign)

    assert code(out) == code(again) == (403, "ORIGIN_NOT_ALLOWED")
    assert (await client.get(f"{API}/admin/me", headers=headers)).status_code == 200
    assert (await refresh(client, token, **cookie, Origin="http://localhost:5173")).status_code == 200
