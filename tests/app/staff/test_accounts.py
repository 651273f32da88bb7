"""Staff accounts made outside HTTP, and the roles that come with the shop."""

import asyncio

import httpx
import pytest

from src.app.staff.errors import StaffLoginIdTaken
from src.app.staff.models import Role, RolePermission, Staff, StaffStatus
from src.app.staff.services import roles
from src.app.staff.services.accounts import create_staff
from src.app.staff.services.builtin_roles import BUILTIN, ensure_builtin_roles
from src.app.staff.services.permissions import ALL
from src.app.staff.services.queries import account_by_id
from tests.app.staff.people import audited, make_role
from tests.factories.people import make_staff


async def test_a_staff_account_is_active_and_stored_in_one_spelling(client: httpx.AsyncClient) -> None:
    made = await create_staff("Ａdmin", password_hash="$2b$04$x", name="박운영")

    staff = await Staff.get(id=made.id).select_related("role")
    assert (staff.login_id, staff.role.code, staff.status) == ("admin", "owner", StaffStatus.ACTIVE)
    assert not staff.must_change_password
    (row,) = await audited("staff.created")
    assert (row["actor"], row["target_id"]) == ("system", str(made.id))
    assert row["after"] == {"login_id": "admin", "name": "박운영", "role": "owner"}


async def test_a_login_id_in_use_is_refused(client: httpx.AsyncClient) -> None:
    await create_staff("admin", password_hash="$2b$04$x", name="박운영")

    with pytest.raises(StaffLoginIdTaken):
        await create_staff("ADMIN", password_hash="$2b$04$x", name="이운영")

    assert await Staff.all().count() == 1
    assert len(await audited("staff.created")) == 1


async def test_an_unknown_role_is_refused(client: httpx.AsyncClient) -> None:
    with pytest.raises(ValueError, match="unknown role: king"):
        await create_staff("admin", password_hash="$2b$04$x", name="박운영", role="king")

    assert await Staff.all().count() == 0


async def test_the_builtin_roles_are_made_once_however_many_ask(client: httpx.AsyncClient) -> None:
    await asyncio.gather(*(ensure_builtin_roles() for _ in range(4)))

    made = await roles.every()
    assert [(role.code, role.name, role.is_builtin) for role in made] == [
        ("owner", "대표 관리자", True),
        ("manager", "운영 매니저", True),
        ("cs", "고객 상담", True),
        ("md", "상품 MD", True),
        ("viewer", "조회 전용", True),
    ]
    assert {role.code: frozenset(role.permissions) for role in made} == {
        code: builtin.permissions for code, builtin in BUILTIN.items()
    }


async def test_a_builtin_role_keeps_what_staff_made_of_it(client: httpx.AsyncClient) -> None:
    await ensure_builtin_roles()
    role = await Role.get(code="cs")
    await RolePermission.filter(role_id=role.id).delete()

    await ensure_builtin_roles()

    assert await roles.permissions_in(role) == frozenset()


async def test_the_owner_may_do_everything_and_nobody_else_may_add_owners() -> None:
    assert BUILTIN["owner"].permissions == ALL
    for code in ("manager", "cs", "md", "viewer"):
        assert not BUILTIN[code].permissions & {"staff:write", "role:write"}, code
        assert BUILTIN[code].permissions <= ALL
    assert all(word.endswith(":read") for word in BUILTIN["viewer"].permissions)
    assert "pii:read" not in BUILTIN["viewer"].permissions | BUILTIN["md"].permissions


async def test_a_word_that_means_nothing_any_more_opens_nothing(client: httpx.AsyncClient) -> None:
    role = await make_role("order:read", "order:fly")
    staff = await make_staff(role=role.code)

    account = await account_by_id(staff.id)

    assert account is not None
    assert account.permissions == {"order:read"}
