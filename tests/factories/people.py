"""Members and staff, and the headers of those who are signed in."""

import itertools

import httpx

from src.app.auth.services.credentials.passwords import hash_password
from src.app.staff.models import Staff
from src.app.staff.services.accounts import create_staff
from src.app.user.models import User
from src.app.user.services.account.registration import create_member, insert_social_member
from src.core.database import unit_of_work

PASSWORD = "Golf!2345"

_numbers = itertools.count(1)


async def make_member(
    *,
    login_id: str | None = None,
    password: str = PASSWORD,
    name: str = "김민지",
    email: str | None = None,
    phone: str = "01012345678",
) -> User:
    """A member in the database, with a login id and an e-mail address of its own unless they are given."""
    number = next(_numbers)
    return await create_member(
        login_id=login_id or f"member{number}",
        password_hash=await hash_password(password),
        name=name,
        email=email or f"member{number}@example.com",
        phone=phone,
    )


async def make_social_member(*, name: str = "김민지", email: str | None = None, phone: str = "") -> User:
    """A member as a social sign-in makes one: no login id, no password, no consents."""
    return await unit_of_work(lambda: insert_social_member(name=name, email=email, phone=phone))


async def make_staff(
    *, login_id: str | None = None, password: str = PASSWORD, name: str = "박운영", role: str = "owner"
) -> Staff:
    """A staff member in the database."""
    password_hash = await hash_password(password)
    return await create_staff(login_id or f"staff{next(_numbers)}", password_hash=password_hash, name=name, role=role)


async def bearer(client: httpx.AsyncClient, member: User | None = None, *, password: str = PASSWORD) -> dict[str, str]:
    """Sign in over HTTP as `member` (a new one if None is given); the headers of the session."""
    member = member or await make_member(password=password)
    body = {"login_id": member.login_id, "password": password}
    return _headers(await client.post("/api/v1/auth/sign-in", json=body))


async def staff_bearer(
    client: httpx.AsyncClient, staff: Staff | None = None, *, password: str = PASSWORD
) -> dict[str, str]:
    """Sign in over HTTP as `staff` (a new one if None is given); the headers of the session."""
    staff = staff or await make_staff(password=password)
    body = {"login_id": staff.login_id, "password": password}
    return _headers(await client.post("/api/v1/admin/auth/sign-in", json=body))


def _headers(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
