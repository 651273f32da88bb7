"""What sign-in and recovery ask of members."""

import asyncio
from datetime import UTC, datetime

import httpx
import pytest
from tortoise.exceptions import IntegrityError

from src.app.user.errors import LoginIdTaken
from src.app.user.models import Consent, User, UserStatus
from src.app.user.services import queries, retired_login_ids
from src.app.user.services.account import credentials, recovery
from src.app.user.services.account.registration import create_member
from src.common import clock
from src.common.exceptions.general import InvalidToken
from src.core.database import unit_of_work
from tests.app.user.conftest import set_suspended
from tests.factories.people import make_member, make_social_member


async def test_a_social_member_has_neither_login_id_nor_password_and_agreed_to_nothing(
    client: httpx.AsyncClient,
) -> None:
    first = await make_social_member(name="김민지", email="Minji@Example.com")
    second = await make_social_member(name="이하나", phone="01012345678")

    rows = await User.all().order_by("id").values_list("id", "login_id", "password_hash", "email", "phone", "status")
    assert rows == [
        (first.id, None, "", "minji@example.com", "", UserStatus.ACTIVE),
        (second.id, None, "", None, "01012345678", UserStatus.ACTIVE),
    ]
    assert not await Consent.exists()


async def test_a_social_member_cannot_have_the_address_of_another(client: httpx.AsyncClient) -> None:
    member = await make_member()

    with pytest.raises(IntegrityError):
        await make_social_member(email=member.email)
    assert (await User.all().count(), await Consent.all().count()) == (1, 3)


async def test_a_new_password_ends_the_sessions_in_the_same_transaction(client: httpx.AsyncClient) -> None:
    member, other = await make_member(), await make_member()

    assert await credentials.set_password(member.id, "$2b$new") == 1
    assert await credentials.set_password(member.id, "$2b$newer") == 2

    after, untouched = await User.get(id=member.id), await User.get(id=other.id)
    assert (after.password_hash, after.session_epoch) == ("$2b$newer", 2)
    assert (untouched.password_hash, untouched.session_epoch) == (other.password_hash, 0)


async def test_a_password_set_in_a_transaction_that_fails_is_not_set(client: httpx.AsyncClient) -> None:
    member = await make_member()

    async def fails() -> None:
        await credentials.write_password(member.id, "$2b$new")
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - raised above
        await unit_of_work(fails)
    after = await User.get(id=member.id)
    assert (after.password_hash, after.session_epoch) == (member.password_hash, 0)


async def test_who_has_left_gets_no_password(client: httpx.AsyncClient) -> None:
    member = await make_member()
    await User.filter(id=member.id).update(status=UserStatus.WITHDRAWN, password_hash="")

    with pytest.raises(InvalidToken):
        await credentials.set_password(member.id, "$2b$new")
    with pytest.raises(InvalidToken):
        await credentials.set_password(4711, "$2b$new")
    assert (await User.get(id=member.id)).password_hash == ""


async def test_of_simultaneous_rehashes_one_is_written(client: httpx.AsyncClient) -> None:
    member = await make_member()
    old = member.password_hash

    outcomes = await asyncio.gather(*(credentials.rehash(member.id, old, f"$2b${n}") for n in range(5)))

    assert sorted(outcomes) == [False] * 4 + [True]
    after = await User.get(id=member.id)
    assert (after.password_hash, after.session_epoch) == (f"$2b${outcomes.index(True)}", 0)
    assert not await credentials.rehash(member.id, old, "$2b$late")


async def test_a_rehash_never_gives_a_password_to_who_has_none(client: httpx.AsyncClient) -> None:
    member = await make_social_member()

    assert not await credentials.rehash(member.id, "", "$2b$new")
    assert (await User.get(id=member.id)).password_hash == ""


async def test_the_last_sign_in_is_noted(client: httpx.AsyncClient) -> None:
    member, other = await make_member(), await make_member()
    moment = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

    with clock.as_of(moment):
        await credentials.touch_last_sign_in(member.id)

    after = await User.get(id=member.id)
    assert (after.last_sign_in_at, after.updated_at) == (moment, member.updated_at)
    assert (await User.get(id=other.id)).last_sign_in_at is None


async def test_members_are_found_by_name_and_contact(client: httpx.AsyncClient) -> None:
    minji = await make_member(login_id="minji.kim", email="minji@example.com", phone="01011112222")
    namesake = await make_social_member(phone="01011112222")
    await make_member(name="이하나", phone="01011112222")
    gone = await make_member(phone="01011112222")
    await User.filter(id=gone.id).update(status=UserStatus.WITHDRAWN)

    by_phone = await recovery.found_by_phone("김민지", "01011112222")
    by_email = await recovery.found_by_email("김민지", "MINJI@Example.com")

    assert [(found.id, found.login_id, found.has_password) for found in by_phone] == [
        (minji.id, "minji.kim", True),
        (namesake.id, None, False),
    ]
    assert [(found.id, found.created_at) for found in by_email] == [(minji.id, minji.created_at)]
    assert await recovery.found_by_email("이하나", "minji@example.com") == []
    assert await recovery.found_by_phone("김민지", "") == []
    assert await recovery.found_by_phone("", "01011112222") == []


async def test_a_password_is_reset_by_login_id_and_name(client: httpx.AsyncClient) -> None:
    minji = await make_member(login_id="minji.kim", email="minji@example.com")

    target = await recovery.reset_target(" MINJI.kim", "김민지")

    assert target == recovery.ResetTarget(id=minji.id, email="minji@example.com", phone="01012345678", session_epoch=0)
    assert "minji@example.com" not in repr(target)
    assert await recovery.reset_target("minji.kim", "이하나") is None
    assert await recovery.reset_target("minji", "김민지") is None
    assert await recovery.reset_target("\ufdfa" * 100, "김민지") is None  # 1,800 letters in its one spelling
    await User.filter(id=minji.id).update(status=UserStatus.SUSPENDED)
    assert await recovery.reset_target("minji.kim", "김민지") is None


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (UserStatus.ACTIVE, True),
        (UserStatus.WITHDRAWING, True),
        (UserStatus.SUSPENDED, False),
        (UserStatus.WITHDRAWN, False),
    ],
)
async def test_who_may_sign_in(client: httpx.AsyncClient, status: UserStatus, expected: bool) -> None:
    member = await make_member(login_id="minji.kim")
    await User.filter(id=member.id).update(status=status)

    account = await queries.account_by_login_id("minji.kim")

    assert account is not None
    assert account.is_active is expected
    assert await queries.account_by_id(member.id) == account


async def test_suspending_twice_ends_the_sessions_once(client: httpx.AsyncClient) -> None:
    member = await make_member()

    epochs = [await set_suspended(member, suspended) for suspended in (True, True, False, False)]

    assert epochs == [1, 1, 1, 1]
    assert (await User.get(id=member.id)).status == UserStatus.ACTIVE


async def test_a_retired_login_id_stays_taken(client: httpx.AsyncClient) -> None:
    await retired_login_ids.retire("minji.kim", at=clock.now())

    with pytest.raises(LoginIdTaken):
        await create_member(
            login_id="MINJI.kim", password_hash="$2b$x", name="김민지", email="new@example.com", phone="01012345678"
        )
    assert await queries.login_id_exists("minji.kim")
    assert not await queries.login_id_exists("minji.kim2")
    assert await User.all().count() == 0
