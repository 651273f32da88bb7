"""What commands do to staff accounts."""

import httpx
import pytest

from src.app.staff.dtos.admin.staffing import StaffCreate
from src.app.staff.errors import RoleUnknown, StaffLoginIdTaken, StaffNotFound
from src.app.staff.models import Staff
from src.app.staff.services import commands
from tests.app.staff.people import audited, enable_totp, is_signed_in, staff_sign_in
from tests.factories.people import make_staff

FIRST = StaffCreate.model_validate(
    {"login_id": "Boss.One", "name": "최대표", "role": "owner", "password": "First!2345"}
)


async def test_the_first_owner_is_made_in_an_empty_shop(client: httpx.AsyncClient) -> None:
    made = await commands.create_staff(FIRST)

    assert (made.login_id, made.role.code) == ("boss.one", "owner")
    staff = await Staff.get(id=made.id)
    assert (await staff_sign_in(client, staff, password="First!2345")).status_code == 200
    assert [row["actor"] for row in await audited("staff.created")] == ["cli"]
    with pytest.raises(StaffLoginIdTaken):
        await commands.create_staff(FIRST)
    with pytest.raises(RoleUnknown):
        await commands.create_staff(FIRST.model_copy(update={"login_id": "boss.two", "role": "king"}))


async def test_a_second_factor_is_reset_by_login_id(client: httpx.AsyncClient) -> None:
    staff = await make_staff(login_id="admin")
    _, _, headers = await enable_totp(client, staff)

    await commands.reset_second_factor("ADMIN")

    assert not await is_signed_in(client, headers)
    assert (await staff_sign_in(client, staff)).status_code == 200
    assert [row["actor"] for row in await audited("staff.second_factor_reset")] == ["cli"]
    with pytest.raises(StaffNotFound):
        await commands.reset_second_factor("nobody")
