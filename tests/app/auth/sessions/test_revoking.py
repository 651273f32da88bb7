"""Sessions that a command ends."""

import httpx
import pytest

from src.app.auth.services.sessions import revoking
from src.app.staff.errors import StaffNotFound
from src.app.user.errors import MemberNotFound
from tests.app.auth.support import code, me, refresh, sign_in
from tests.app.staff.people import audited, headers_of, is_signed_in, staff_sign_in
from tests.factories.people import make_member, make_staff


async def test_sessions_are_revoked_by_login_id(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    staff = await make_staff(login_id="admin")
    mine = await sign_in(client, "minji.kim")
    theirs = headers_of(await staff_sign_in(client, staff))

    await revoking.revoke_sessions("member", "Minji.Kim")

    assert code(await me(client, mine.json()["access_token"])) == (401, "INVALID_TOKEN")
    assert code(await refresh(client, mine.cookies["refresh_token"])) == (401, "SESSION_REVOKED")
    assert await is_signed_in(client, theirs)
    await revoking.revoke_sessions("staff", "admin")
    assert not await is_signed_in(client, theirs)
    with pytest.raises(MemberNotFound):
        await revoking.revoke_sessions("member", "nobody")
    with pytest.raises(StaffNotFound):
        await revoking.revoke_sessions("staff", "minji.kim")
    assert [(row["actor"], row["target_type"]) for row in await audited("member.signed_out")] == [("cli", "member")]
