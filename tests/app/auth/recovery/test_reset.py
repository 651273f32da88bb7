"""A new password without the old one."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from src.app.auth.models import PasswordReset
from src.app.notification.services.background import finish
from src.app.user.models import User, UserStatus
from src.core.configs import Settings, use
from src.core.configs.groups import LimitSettings
from src.core.configs.identity_groups import IdentitySettings
from tests.app.auth.conftest import SignedIn
from tests.app.auth.recovery.support import (
    confirmed,
    inbox,
    new_email,
    new_phone,
    reset,
    set_password,
    token_at,
)
from tests.app.auth.support import API, code, me, refresh, sign_in
from tests.factories.people import PASSWORD, make_member, make_social_member

INVALID = (400, "RESET_TOKEN_INVALID")
NOT_CONFIRMED = (400, "VERIFICATION_NOT_CONFIRMED")
FRESH = "Fresh!6789"


async def test_the_link_of_the_mail_sets_a_password(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email)
    elsewhere = replace(shop_settings, identity=IdentitySettings(front_url="https://shop.example/"))

    with use(elsewhere):
        asked = await reset(client, "MINJI.kim", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        (mail,) = await inbox(client, email)

    assert (asked.status_code, asked.content) == (202, b"{}")
    assert "evil" not in mail["body"]
    (link,) = [word for word in mail["body"].split() if word.startswith("http")]
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "shop.example", "/reset-password")
    answer = await set_password(client, parse_qs(parts.query)["token"][0])
    assert (answer.status_code, answer.content) == (204, b"")
    assert code(await sign_in(client, "minji.kim", PASSWORD)) == (401, "BAD_CREDENTIALS")
    assert (await sign_in(client, "minji.kim", FRESH)).status_code == 200
    assert [item["subject"] for item in await inbox(client, email)][1:] == ["[믹골프] 비밀번호가 변경되었습니다"]


async def test_known_and_unknown_look_alike(client: httpx.AsyncClient) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email)
    same_id = {"X-Request-ID": "same"}

    answers = [
        await reset(client, login_id, name, headers=same_id)
        for login_id, name in [("minji.kim", "김민지"), ("minji.kim", "박철수"), ("nobody", "김민지"), ("м'--", "김")]
    ]

    assert {(answer.status_code, answer.content) for answer in answers} == {(202, b"{}")}
    assert len({tuple(sorted(answer.headers)) for answer in answers}) == 1
    assert len(await inbox(client, email)) == 1
    assert await PasswordReset.all().count() == 1


async def test_all_sessions_end(client: httpx.AsyncClient, minji: SignedIn) -> None:
    other = (await sign_in(client, "minji.kim")).json()["access_token"]
    verified = await confirmed(client, minji.member.phone, purpose="password_reset")
    token = (await reset(client, "minji.kim", verification_id=verified)).json()["token"]

    assert (await set_password(client, token)).status_code == 204

    assert code(await me(client, minji.access)) == code(await me(client, other)) == (401, "INVALID_TOKEN")
    assert code(await refresh(client, minji.refresh)) == (401, "SESSION_REVOKED")
    assert (await User.get()).session_epoch == 1


async def test_a_token_counts_once(client: httpx.AsyncClient) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email)
    await reset(client, "minji.kim")
    token = await token_at(client, email)

    answers = await asyncio.gather(*(set_password(client, token, f"Fresh!{n}xxxx") for n in range(5)))

    assert sorted(answer.status_code for answer in answers) == [204, 400, 400, 400, 400]
    assert code(await set_password(client, token)) == INVALID
    (winner,) = [n for n, answer in enumerate(answers) if answer.status_code == 204]
    assert (await sign_in(client, "minji.kim", f"Fresh!{winner}xxxx")).status_code == 200


async def test_asking_again_voids_the_earlier_link(client: httpx.AsyncClient) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email)
    await reset(client, "minji.kim")
    first = await token_at(client, email)
    await reset(client, "minji.kim")
    second = await token_at(client, email)

    assert code(await set_password(client, first)) == INVALID
    assert (await set_password(client, second)).status_code == 204


async def test_a_used_token_takes_every_other_one_along(client: httpx.AsyncClient) -> None:
    email = new_email()
    member = await make_member(login_id="minji.kim", email=email)
    await reset(client, "minji.kim")
    first = await token_at(client, email)
    await PasswordReset.all().update(voided_at=datetime.now(UTC))
    await reset(client, "minji.kim")
    second = await token_at(client, email)
    await PasswordReset.filter(user_id=member.id).update(voided_at=None)

    assert (await set_password(client, second)).status_code == 204
    assert code(await set_password(client, first)) == INVALID


async def test_a_token_lives_half_an_hour(client: httpx.AsyncClient) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email)
    await reset(client, "minji.kim")
    token = await token_at(client, email)
    row = await PasswordReset.get()
    assert timedelta(seconds=1799) < row.expires_at - row.created_at < timedelta(seconds=1801)
    await PasswordReset.all().update(expires_at=datetime.now(UTC) - timedelta(seconds=1))

    assert code(await set_password(client, token)) == INVALID
    assert (await sign_in(client, "minji.kim")).status_code == 200


async def test_a_token_of_another_kind_is_none(client: httpx.AsyncClient, minji: SignedIn) -> None:
    verified = await confirmed(client, minji.member.phone, purpose="password_reset")
    unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."

    for token in (minji.access, minji.refresh, verified, unsigned, "x", "토큰", "A" * 4000, "' OR 1=1 --"):
        assert code(await set_password(client, token)) == INVALID
    assert (await me(client, minji.access)).status_code == 200
    assert (await sign_in(client, "minji.kim")).status_code == 200


async def test_a_reset_token_opens_nothing_else(client: httpx.AsyncClient) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email)
    await reset(client, "minji.kim")
    token = await token_at(client, email)

    assert code(await me(client, token)) == (401, "INVALID_TOKEN")
    assert code(await refresh(client, token)) == (401, "INVALID_TOKEN")
    assert (await set_password(client, token)).status_code == 204


async def test_the_token_is_kept_as_a_hash_and_never_logged(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email)
    with caplog.at_level(logging.DEBUG):
        await reset(client, "minji.kim")
        token = await token_at(client, email)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("src.", "shop."))]

    assert len(token) >= 43
    assert token not in str(await PasswordReset.all().values())
    assert not [line for line in ours if token in line or email in line]


@pytest.mark.parametrize("weak", ["short1!", "golf!2345", "Golf!golf", "Golf12345", "A1!" + "a" * 70])
async def test_a_weak_password_does_not_use_the_token_up(client: httpx.AsyncClient, weak: str) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email)
    await reset(client, "minji.kim")
    token = await token_at(client, email)

    refused = await set_password(client, token, weak)

    assert (code(refused), refused.json()["errors"][0]["field"]) == ((422, "VALIDATION_ERROR"), "new_password")
    assert code(await set_password(client, token, "1!MINJI.Kim")) == (422, "PASSWORD_HOLDS_LOGIN_ID")
    assert (await set_password(client, token)).status_code == 204


@pytest.mark.parametrize("by", ["email", "phone"])
async def test_a_verification_of_the_members_contact_gives_the_token(client: httpx.AsyncClient, by: str) -> None:
    contacts = {"email": new_email(), "phone": new_phone()}
    await make_member(login_id="minji.kim", **contacts)
    verification_id = await confirmed(client, contacts[by], purpose="password_reset")

    answer = await reset(client, "minji.kim", verification_id=verification_id)

    assert (answer.status_code, set(answer.json())) == (200, {"token"})
    assert code(await reset(client, "minji.kim", verification_id=verification_id)) == NOT_CONFIRMED
    assert (await set_password(client, answer.json()["token"])).status_code == 204
    assert [item["subject"] for item in await inbox(client, contacts["email"])][
        -1
    ] == "[믹골프] 비밀번호가 변경되었습니다"


async def test_a_verification_gives_one_token_also_at_once(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    await make_member(login_id="minji.kim", phone=phone)
    verification_id = await confirmed(client, phone, purpose="password_reset")

    answers = await asyncio.gather(*(reset(client, "minji.kim", verification_id=verification_id) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400]


async def test_ones_own_verification_opens_no_other_account(client: httpx.AsyncClient) -> None:
    own, victims = new_phone(), new_phone()
    await make_member(login_id="attacker", phone=own)
    await make_member(login_id="victim", phone=victims)
    verification_id = await confirmed(client, own, purpose="password_reset")
    of_another_purpose = await confirmed(client, victims, purpose="find_login_id")
    same_id = {"X-Request-ID": "same"}

    answers = [
        await reset(client, login_id, name, verification_id=given, headers=same_id)
        for login_id, name, given in [
            ("victim", "김민지", verification_id),
            ("victim", "박철수", verification_id),
            ("nobody", "김민지", verification_id),
            ("attacker", "박철수", verification_id),
            ("victim", "김민지", of_another_purpose),
            ("victim", "김민지", "A" * 22),
        ]
    ]

    assert {code(answer) for answer in answers} == {NOT_CONFIRMED}
    assert len({answer.content for answer in answers}) == 1
    assert await PasswordReset.all().count() == 0
    assert (await reset(client, "attacker", verification_id=verification_id)).status_code == 200


async def test_who_may_not_sign_in_gets_no_mail(client: httpx.AsyncClient) -> None:
    emails = [new_email() for _ in range(3)]
    for n, status in enumerate([UserStatus.SUSPENDED, UserStatus.WITHDRAWN, UserStatus.WITHDRAWING]):
        member = await make_member(login_id=f"member-{n}", email=emails[n])
        await User.filter(id=member.id).update(status=status)
        assert (await reset(client, f"member-{n}")).status_code == 202

    assert [len(await inbox(client, email)) for email in emails] == [0, 0, 1]


async def test_a_token_of_who_left_meanwhile_is_none(client: httpx.AsyncClient) -> None:
    email = new_email()
    await make_member(login_id="minji.kim", email=email)
    await reset(client, "minji.kim")
    token = await token_at(client, email)
    await User.all().update(status=UserStatus.WITHDRAWN)

    assert code(await set_password(client, token)) == INVALID


async def test_a_member_of_a_social_login_has_no_password_to_reset(client: httpx.AsyncClient) -> None:
    email = new_email()
    await make_social_member(email=email)

    for login_id in (email, "", "null"):
        answer = await client.post(f"{API}/auth/password-reset", json={"login_id": login_id, "name": "김민지"})
        assert answer.status_code in (202, 422)

    assert await inbox(client, email) == []


async def test_a_login_id_gets_five_mails_in_ten_minutes(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")

    known = [await reset(client, spelling) for spelling in ["minji.kim", "MINJI.KIM"] * 3]
    unknown = [await reset(client, "nobody") for _ in range(6)]

    assert [answer.status_code for answer in known] == [202] * 5 + [429]
    assert [answer.status_code for answer in unknown] == [202] * 5 + [429]
    assert int(known[5].headers["Retry-After"]) in range(580, 602)
    await finish()


async def test_an_address_is_limited(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    with use(replace(shop_settings, limits=LimitSettings(recovery="2/3600"))):
        answers = [await reset(client, f"nobody{n}") for n in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
