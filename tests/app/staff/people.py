"""Staff with exactly the permissions that a test needs, and their second factors."""

import asyncio
import itertools
import time
from typing import Any

import httpx
from pyotp import TOTP

from src.app.staff.models import Role, RolePermission, Staff
from src.common import clock
from src.common.models.audit_log import AuditLog
from tests.app.auth.support import API, sign_in
from tests.factories.people import PASSWORD, make_staff, staff_bearer

STEP = 30

_numbers = itertools.count(1)


async def make_role(*permissions: str, code: str = "", name: str = "시험 역할") -> Role:
    """A role with these permissions."""
    now = clock.now()
    role = await Role.create(code=code or f"role{next(_numbers)}", name=name, created_at=now, updated_at=now)
    await RolePermission.bulk_create([RolePermission(role_id=role.id, permission=word) for word in permissions])
    return role


async def staff_with(*permissions: str, login_id: str | None = None) -> Staff:
    """A staff member who may do exactly this."""
    role = await make_role(*permissions)
    return await make_staff(login_id=login_id, role=role.code)


async def headers_with(client: httpx.AsyncClient, *permissions: str) -> dict[str, str]:
    """The headers of a signed-in staff member who may do exactly this."""
    return await staff_bearer(client, await staff_with(*permissions))


async def staff_sign_in(
    client: httpx.AsyncClient, staff: Staff, otp: str | None = None, *, password: str = PASSWORD
) -> httpx.Response:
    """POST /admin/auth/sign-in."""
    more = {} if otp is None else {"otp": otp}
    return await sign_in(client, staff.login_id, password, path="/admin/auth/sign-in", **more)


def headers_of(answer: httpx.Response) -> dict[str, str]:
    """The headers of the session that an answer opened."""
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def code_of(secret: str, *, steps: int = 0) -> str:
    """The code that a device shows now, or so many steps later. Waits where the step is about to end."""
    left = STEP - time.time() % STEP
    if left < 4:
        await asyncio.sleep(left + 0.1)
    return TOTP(secret).generate_otp(int(time.time()) // STEP + steps)


async def enable_totp(client: httpx.AsyncClient, staff: Staff) -> tuple[str, list[str], dict[str, str]]:
    """Set up a second factor over HTTP with the code of the step before now.

    Answers the secret, the recovery codes and the headers of the session that it opens.
    """
    headers = headers_of(await staff_sign_in(client, staff))
    begun = await client.post(f"{API}/admin/auth/totp", json={"password": PASSWORD}, headers=headers)
    assert begun.status_code == 201, begun.text
    secret: str = begun.json()["secret"]
    body = {"code": await code_of(secret, steps=-1)}
    confirmed = await client.post(f"{API}/admin/auth/totp/confirm", json=body, headers=headers)
    return secret, confirmed.json()["recovery_codes"], headers_of(confirmed)


async def audited(action: str) -> list[dict[str, Any]]:
    """The audit rows of this action, oldest first."""
    return list(await AuditLog.filter(action=action).order_by("id").values())


async def is_signed_in(client: httpx.AsyncClient, headers: dict[str, str]) -> bool:
    """Whether these headers still open the back-office."""
    return (await client.get(f"{API}/admin/me", headers=headers)).status_code == 200
