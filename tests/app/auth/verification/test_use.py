"""A confirmed verification counts once, for its purpose and its target."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from src.app.auth.models import Verification
from src.app.auth.services.verification.cleanup import remove_spent
from src.app.auth.services.verification.use import proves_contact
from src.app.user.models import User
from src.common import clock
from tests.app.auth.recovery.support import confirmed, new_email, new_phone, start
from tests.app.auth.support import code, sign_up
from tests.factories.people import make_member

NOT_CONFIRMED = (400, "VERIFICATION_NOT_CONFIRMED")


@pytest.mark.parametrize("by", ["email", "phone"])
async def test_a_sign_up_with_its_verified_address_or_phone(client: httpx.AsyncClient, by: str) -> None:
    targets = {"email": new_email(), "phone": new_phone()}
    verification_id = await confirmed(client, targets[by])

    answer = await sign_up(client, **targets, verification_id=verification_id)

    assert answer.status_code == 201
    assert (await Verification.get()).used_at is not None


async def test_a_verification_counts_once(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    verification_id = await confirmed(client, phone)
    assert (await sign_up(client, phone=phone, verification_id=verification_id)).status_code == 201

    again = await sign_up(client, login_id="another", email=new_email(), phone=phone, verification_id=verification_id)

    assert code(again) == NOT_CONFIRMED
    assert await User.all().count() == 1


async def test_of_two_uses_at_once_one_succeeds(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    verification_id = await confirmed(client, phone)

    answers = await asyncio.gather(
        *(
            sign_up(client, login_id=f"minji{n}", email=new_email(), phone=phone, verification_id=verification_id)
            for n in range(4)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 400, 400, 400]
    assert await User.all().count() == 1


async def test_a_refused_sign_up_does_not_use_it_up(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    phone = new_phone()
    verification_id = await confirmed(client, phone)
    taken = await sign_up(client, phone=phone, email=new_email(), verification_id=verification_id)

    answer = await sign_up(client, login_id="another", phone=phone, email=new_email(), verification_id=verification_id)

    assert code(taken) == (409, "LOGIN_ID_TAKEN")
    assert answer.status_code == 201


@pytest.mark.parametrize("purpose", ["find_login_id", "password_reset", "change_contact"])
async def test_a_verification_for_another_purpose_is_none(client: httpx.AsyncClient, purpose: str) -> None:
    phone = new_phone()
    await make_member(phone=phone)
    verification_id = await confirmed(client, phone, purpose=purpose)

    assert code(await sign_up(client, phone=phone, verification_id=verification_id)) == NOT_CONFIRMED


async def test_a_verification_of_another_target_is_none(client: httpx.AsyncClient) -> None:
    verification_id = await confirmed(client, new_phone())

    assert code(await sign_up(client, phone=new_phone(), verification_id=verification_id)) == NOT_CONFIRMED
    assert (await Verification.get()).used_at is None


async def test_a_verification_that_is_not_confirmed_is_none(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    verification_id = (await start(client, phone)).json()["verification_id"]

    assert code(await sign_up(client, phone=phone, verification_id=verification_id)) == NOT_CONFIRMED
    assert code(await sign_up(client, phone=phone, verification_id="A" * 22)) == NOT_CONFIRMED


async def test_a_confirmation_lasts_half_an_hour(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    verification_id = await confirmed(client, phone)
    await Verification.all().update(confirmed_at=datetime.now(UTC) - timedelta(seconds=1801))

    assert code(await sign_up(client, phone=phone, verification_id=verification_id)) == NOT_CONFIRMED


async def test_what_the_user_domain_asks_is_used_up_by_asking(client: httpx.AsyncClient) -> None:
    email = new_email()
    verification_id = await confirmed(client, email, purpose="change_contact")
    questions = [("sms", email), ("email", new_email()), ("email", email), ("email", email)]

    answers = [
        await proves_contact(verification_id, user_id=1, channel=channel, target=target)
        for channel, target in questions
    ]

    assert answers == [False, False, True, False]


async def test_rows_that_count_no_more_are_removed(client: httpx.AsyncClient) -> None:
    await confirmed(client, new_email())
    await start(client, new_email())

    assert await remove_spent() == 0
    with clock.as_of(datetime.now(UTC) + timedelta(days=1, hours=1)):
        assert (await remove_spent(), await remove_spent()) == (2, 0)
    assert await Verification.all().count() == 0
