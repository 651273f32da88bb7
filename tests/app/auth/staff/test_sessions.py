"""Sessions of staff whose account changed while Redis was away, or changed again."""

import httpx
import pytest

from src.app.auth.errors import SessionRevoked
from src.app.auth.services.sessions.devices import ClientDevice
from src.app.auth.services.staff import sessions
from src.app.staff.dtos.admin.staffing import StaffChange
from src.app.staff.models import Staff, StaffStatus
from src.app.staff.services import staffing
from src.common.records import audit
from tests.app.staff.people import audited
from tests.factories.people import make_staff

HERE = ClientDevice("203.0.113.7", "Whale")


async def test_without_redis_a_suspension_stands_and_is_audited(client: httpx.AsyncClient, redis_is_away: None) -> None:
    await make_staff()
    staff = await make_staff(role="cs")

    answer = await staffing.change(staff.id, StaffChange(status=StaffStatus.SUSPENDED), version=1, by=audit.COMMAND)

    assert answer.status == StaffStatus.SUSPENDED
    assert (await Staff.get(id=staff.id)).session_epoch == 1
    assert len(await audited("staff.changed")) == 1


async def test_no_session_is_opened_for_somebody_whose_sessions_were_ended_again(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    await Staff.filter(id=staff.id).update(session_epoch=2)

    with pytest.raises(SessionRevoked):
        await sessions.reopen(staff.id, epoch=1, client=HERE)


async def test_no_session_is_opened_for_somebody_who_was_suspended(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    await Staff.filter(id=staff.id).update(session_epoch=1, status=StaffStatus.SUSPENDED)

    with pytest.raises(SessionRevoked):
        await sessions.reopen(staff.id, epoch=1, client=HERE)
