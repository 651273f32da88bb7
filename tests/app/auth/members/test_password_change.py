"""Changing the password that one knows, and proving again to be there."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from src.app.auth.models import PasswordReset
from src.app.auth.services.credentials.reauthentication import require_fresh
from src.app.user.models import User
from src.common.exceptions import AppError
from src.common.identity import Identity
from src.core.configs import Settings, use
from src.core.configs.identity_groups import IdentitySettings
from src.core.redis import redis
from tests.app.auth.conftest import SignedIn
from tests.app.auth.recovery.support import inbox, new_email, new_phone, reset, set_password, token_at
from tests.app.auth.support import API, code, me, refresh, sign_in
from tests.factories.people import PASSWORD, make_member

WRONG = (403, "WRONG_PASSWORD")
FRESH = "Fresh!6789"


async def change(client: httpx.AsyncClient, who: SignedIn, current: str = PASSWORD, new: str = FRESH) -> httpx.Response:
    body = {"current_password": current, "new_password": new}
    return await client.post(f"{API}/me/password", json=body, headers=who.headers)


async def reauthenticate(client: httpx.AsyncClient, who: SignedIn, password: str = PASSWORD) -> httpx.Response:
    return await client.post(f"{API}/auth/reauthenticate", json={"password": password}, headers=who.headers)


async def identity(who: SignedIn) -> Identity:
    (key,) = await redis().keys("session:*")
    return Identity("member", who.member.id, session_id=str(key).removeprefix("session:"))


async def old_session(seconds: int = 601) -> None:
    """Let the one session have been opened a while ago."""
    (key,) = await redis().keys("session:*")
    await redis().hincrby(key, "created", -seconds)


async def test_the_other_sessions_end_and_this_one_stays(client: httpx.AsyncClient, minji: SignedIn) -> None:
    other = await sign_in(client, "minji.kim")

    answer = await change(client, minji)

    assert (answer.status_code, answer.content) == (204, b"")
    assert code(await me(client, other.json()["access_token"])) == (401, "INVALID_TOKEN")
    assert code(await refresh(client, other.cookies["refresh_token"])) == (401, "SESSION_REVOKED")
    assert (await me(client, minji.access)).status_code == 200
    assert (await refresh(client, minji.refresh)).status_code == 200
    assert code(await sign_in(client, "minji.kim", PASSWORD)) == (401, "BAD_CREDENTIALS")
    assert (await sign_in(client, "minji.kim", FRESH)).status_code == 200
    subjects = [item["subject"] for item in await inbox(client, "minji@example.com")]
    assert subjects[-1] == "[믹골프] 비밀번호가 변경되었습니다"


async def test_a_wrong_current_password_changes_nothing(client: httpx.AsyncClient, minji: SignedIn) -> None:
    other = (await sign_in(client, "minji.kim")).json()["access_token"]

    assert code(await change(client, minji, current="Wrong!2345")) == WRONG

    assert (await me(client, minji.access)).status_code == (await me(client, other)).status_code == 200
    assert (await sign_in(client, "minji.kim")).status_code == 200


async def test_of_changes_at_once_one_succeeds(client: httpx.AsyncClient, minji: SignedIn) -> None:
    answers = await asyncio.gather(*(change(client, minji, new=f"Fresh!{n}xxxx") for n in range(4)))

    assert sorted(answer.status_code for answer in answers) == [204, 403, 403, 403]
    (winner,) = [n for n, answer in enumerate(answers) if answer.status_code == 204]
    assert (await sign_in(client, "minji.kim", f"Fresh!{winner}xxxx")).status_code == 200
    assert (await User.get()).session_epoch == 1


@pytest.mark.parametrize("new", ["golf!2345", "Golf!golf", "Golf12345", "G!2", "A1!" + "a" * 70])
async def test_a_weak_password_is_refused(client: httpx.AsyncClient, minji: SignedIn, new: str) -> None:
    assert code(await change(client, minji, new=new)) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("new", ["1!Minji.Kim", "MINJI.KIM1!", "1!Ｍinji.kim"])
async def test_the_login_id_is_no_password(client: httpx.AsyncClient, minji: SignedIn, new: str) -> None:
    assert code(await change(client, minji, new=new)) == (422, "PASSWORD_HOLDS_LOGIN_ID")
    assert (await sign_in(client, "minji.kim")).status_code == 200


async def test_reset_links_are_void_after_a_change(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await reset(client, "minji.kim")
    token = await token_at(client, "minji@example.com")
    await change(client, minji)

    assert code(await set_password(client, token)) == (400, "RESET_TOKEN_INVALID")
    assert await PasswordReset.filter(voided_at=None).count() == 0


async def test_ten_wrong_passwords_make_a_session_wait(client: httpx.AsyncClient, minji: SignedIn) -> None:
    answers = await asyncio.gather(*(change(client, minji, current=f"Wrong!{n}") for n in range(8)))
    answers += [await reauthenticate(client, minji, f"Wrong!{n}") for n in range(2)]
    assert {code(answer) for answer in answers} == {WRONG}

    for refused in (await change(client, minji), await reauthenticate(client, minji)):
        assert code(refused) == (429, "TOO_MANY_ATTEMPTS")
        assert int(refused.headers["Retry-After"]) in range(880, 902)
    assert (await sign_in(client, "minji.kim")).status_code == 200


async def test_guests_are_not_asked_for_a_password(client: httpx.AsyncClient) -> None:
    for path in ("/me/password", "/me/contact", "/auth/reauthenticate"):
        assert code(await client.post(f"{API}{path}", json={})) == (401, "NOT_AUTHENTICATED")


async def test_signing_in_is_fresh_for_ten_minutes(client: httpx.AsyncClient, minji: SignedIn) -> None:
    by = await identity(minji)
    await require_fresh(by)
    await old_session()

    with pytest.raises(AppError) as refused:
        await require_fresh(by)

    assert refused.value.code == "REAUTHENTICATION_REQUIRED"
    await require_fresh(by, PASSWORD)
    with pytest.raises(AppError) as wrong:
        await require_fresh(by, "Wrong!2345")
    assert wrong.value.code == "WRONG_PASSWORD"


async def test_the_password_again_makes_a_session_fresh(
    client: httpx.AsyncClient, minji: SignedIn, shop_settings: Settings
) -> None:
    by = await identity(minji)
    await old_session()
    assert code(await reauthenticate(client, minji, "Wrong!2345")) == WRONG
    with pytest.raises(AppError):
        await require_fresh(by)

    assert (await reauthenticate(client, minji)).status_code == 204

    await require_fresh(by)
    assert 540 <= await redis().ttl(f"fresh:{by.session_id}") <= 600
    with pytest.raises(AppError):
        await require_fresh(replace(by, session_id="another"))
    with use(replace(shop_settings, identity=IdentitySettings(reauthentication_seconds=1))):
        await reauthenticate(client, minji)
        assert await redis().pttl(f"fresh:{by.session_id}") <= 1000
        await redis().pexpire(f"fresh:{by.session_id}", 1)
        await asyncio.sleep(0.02)
        with pytest.raises(AppError):
            await require_fresh(by)


async def test_a_password_is_changed_even_when_redis_goes_away(client: httpx.AsyncClient, redis_is_away: None) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email, phone=new_phone())
    await reset(client, "minji.kim")
    token = await token_at(client, email)

    assert (await set_password(client, token)).status_code == 204
    assert (await User.get()).session_epoch == 1
