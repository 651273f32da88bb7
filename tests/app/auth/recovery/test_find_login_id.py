"""Finding one's login id again."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from src.app.auth.services.recovery.find_login_id import masked
from src.app.user.models import User, UserStatus
from src.core.configs import Settings, use
from src.core.configs.groups import LimitSettings
from tests.app.auth.recovery.support import confirmed, new_email, new_phone
from tests.app.auth.support import API, code
from tests.factories.people import make_member, make_social_member

NOT_CONFIRMED = (400, "VERIFICATION_NOT_CONFIRMED")


async def find(client: httpx.AsyncClient, name: str = "김민지", **terms: Any) -> httpx.Response:
    return await client.post(f"{API}/auth/find-login-id", json={"name": name, **terms})


async def test_name_and_address_find_the_masked_id(client: httpx.AsyncClient) -> None:
    member = await make_member(login_id="minji.kim", email="minji@example.com")
    await make_member()
    await User.filter(id=member.id).update(created_at=datetime(2026, 1, 1, 15, 30, tzinfo=UTC))

    answer = await find(client, email="MINJI@example.com")

    assert (answer.status_code, answer.json()) == (
        200,
        {"accounts": [{"login_id": "min***", "login_types": ["password"], "joined_on": "2026-01-02"}]},
    )


async def test_names_are_compared_composed(client: httpx.AsyncClient) -> None:
    await make_member(email="minji@example.com", name="김민지")
    decomposed = "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u1175"

    assert len((await find(client, decomposed, email="minji@example.com")).json()["accounts"]) == 1


@pytest.mark.parametrize(
    ("name", "email"), [("김민지", "other@example.com"), ("박민지", "minji@example.com"), ("%", "minji@example.com")]
)
async def test_nobody_is_an_empty_list(client: httpx.AsyncClient, name: str, email: str) -> None:
    await make_member(email="minji@example.com")
    if name == "%":
        assert code(await find(client, name, email=email)) == (422, "VALIDATION_ERROR")
        return
    answer = await find(client, name, email=email)

    assert (answer.status_code, answer.json()) == (200, {"accounts": []})


async def test_a_verified_phone_finds_all_its_accounts(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    for login_id, name in [("minji.kim", "김민지"), ("abcd", "김민지"), ("other", "박철수")]:
        await make_member(login_id=login_id, name=name, phone=phone)
    verification_id = await confirmed(client, phone, purpose="find_login_id")

    answer = await find(client, phone=phone, verification_id=verification_id)

    assert [account["login_id"] for account in answer.json()["accounts"]] == ["min***", "abc***"]
    assert code(await find(client, phone=phone, verification_id=verification_id)) == NOT_CONFIRMED


async def test_a_verification_is_used_up_also_where_nobody_is_found(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    await make_member(phone=phone)
    verification_id = await confirmed(client, phone, purpose="find_login_id")

    answers = [await find(client, "박철수", phone=phone, verification_id=verification_id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 400]


async def test_of_uses_at_once_one_finds(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    await make_member(phone=phone)
    verification_id = await confirmed(client, phone, purpose="find_login_id")

    answers = await asyncio.gather(*(find(client, phone=phone, verification_id=verification_id) for _ in range(5)))

    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400, 400]


async def test_a_phone_needs_its_own_verification_of_this_purpose(client: httpx.AsyncClient) -> None:
    phone, own = new_phone(), new_phone()
    await make_member(phone=phone)
    await make_member(phone=own)
    of_another = await confirmed(client, own, purpose="find_login_id")
    of_another_purpose = await confirmed(client, phone, purpose="sign_up")

    for verification_id in (of_another, of_another_purpose, "A" * 22):
        assert code(await find(client, phone=phone, verification_id=verification_id)) == NOT_CONFIRMED


async def test_a_member_of_a_social_login_has_no_login_id(client: httpx.AsyncClient) -> None:
    email = new_email()
    await make_social_member(email=email)

    (account,) = (await find(client, email=email)).json()["accounts"]

    assert (account["login_id"], "password" in account["login_types"]) == (None, False)


async def test_who_left_is_not_found(client: httpx.AsyncClient) -> None:
    member = await make_member(email="minji@example.com")
    await User.filter(id=member.id).update(status=UserStatus.WITHDRAWN)

    assert (await find(client, email="minji@example.com")).json() == {"accounts": []}


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"phone": "01012345678"},
        {"verification_id": "A" * 22},
        {"email": "a@b.c", "phone": "01012345678"},
        {"email": "a@b.c", "verification_id": "A" * 22},
        {"email": "a@b.c", "phone": "01012345678", "verification_id": "A" * 22},
        {"email": "a@b.c", "login_id": "minji"},
        {"email": ["a@b.c"]},
    ],
)
async def test_other_terms_are_refused(client: httpx.AsyncClient, terms: dict[str, Any]) -> None:
    assert code(await find(client, **terms)) == (422, "VALIDATION_ERROR")


async def test_an_address_is_limited(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    with use(replace(shop_settings, limits=LimitSettings(recovery="2/3600"))):
        answers = [await find(client, email=new_email()) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) in range(3500, 3602)


@pytest.mark.parametrize(
    ("login_id", "shown"), [("minji.kim", "min***"), ("abcd", "abc***"), ("a" * 30, "aaa***"), (None, None)]
)
def test_three_characters_are_shown_and_not_how_many_follow(login_id: str | None, shown: str | None) -> None:
    assert masked(login_id) == shown
