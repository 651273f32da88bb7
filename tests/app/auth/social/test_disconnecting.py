"""Somebody disconnects the shop at Kakao or Naver."""

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.auth.models import SocialAccount
from src.app.user.models import User
from src.core.configs import Settings, settings, use
from src.core.configs.identity_groups import SocialSettings
from src.sandbox.oauth.disconnecting import sealed
from tests.app.auth.recovery.support import confirmed, inbox, new_phone, set_password, token_at
from tests.app.auth.social import support as social
from tests.app.auth.support import API, code, sign_in
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import place
from tests.factories.people import bearer, make_member

KAKAO, NAVER = f"{API}/oauth/kakao/disconnect", f"{API}/oauth/naver/disconnect"
ADMIN_KEY = {"Authorization": "KakaoAK local-kakao-admin-key"}
REFUSED = (401, "DISCONNECT_REFUSED")


def kakao_form(subject: str, **more: str) -> dict[str, str]:
    """What Kakao sends, with a field that nobody knows yet."""
    return {"app_id": "123456", "user_id": subject, "referrer_type": "UNLINK_FROM_APPS", "new_field": "1", **more}


def naver_form(subject: str, *, at: int = 4_102_444_800, secret: str = "local-naver-secret") -> dict[str, str]:
    """What Naver sends, signed as its page says."""
    key = hashlib.md5(secret.encode(), usedforsecurity=False).digest()
    form = {"clientId": "local-naver-client", "encryptUniqueId": sealed(subject, key), "timestamp": str(at)}
    text = "&".join(f"{name}={value}" for name, value in form.items())
    signature = base64.urlsafe_b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).rstrip(b"=")
    return {**form, "signature": signature.decode()}


async def disconnect(client: httpx.AsyncClient, provider: str, person: str) -> list[int | None]:
    """What the person clicks at the provider; the answers of the shop."""
    answer = await client.post(f"/sandbox/control/oauth/{provider}/disconnect", json={"person": person})
    assert answer.status_code == 200, answer.text
    told: list[int | None] = answer.json()["told"]
    return told


@pytest.mark.fault("I13")
@pytest.mark.parametrize(("provider", "status"), [("kakao", 200), ("naver", 204)])
async def test_the_link_goes_and_the_account_stays(client: httpx.AsyncClient, provider: str, status: int) -> None:
    email_of = await make_member(login_id="minji.kim")
    headers = await bearer(client, email_of)
    person = await social.new_person(client)
    await social.link(client, provider, person, headers)

    told = await disconnect(client, provider, person)

    assert told == [status]
    assert await SocialAccount.all().count() == 0
    assert (await sign_in(client, "minji.kim")).status_code == 200
    subjects = [item["subject"] for item in await inbox(client, email_of.email or "")]
    assert subjects[-1] == "[믹골프] 소셜 로그인이 연결 해제되었습니다"
    assert await disconnect(client, provider, person) == []


@pytest.mark.fault("I13")
async def test_kakao_may_ask_by_get_too_and_twice(client: httpx.AsyncClient) -> None:
    await social.signed_in(client, "kakao", "haneul")

    answers = [await client.get(KAKAO, params=kakao_form("1234567890"), headers=ADMIN_KEY) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert await SocialAccount.all().count() == 0


@pytest.mark.fault("I13")
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "KakaoAK wrong"},
        {"Authorization": "KakaoAK"},
        {"Authorization": "Bearer local-kakao-admin-key"},
    ],
)
async def test_without_the_admin_key_nothing_happens(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await social.signed_in(client, "kakao", "haneul")

    answers = [
        await client.post(KAKAO, data=kakao_form("1234567890"), headers=headers),
        await client.get(KAKAO, params=kakao_form("1234567890"), headers=headers),
    ]

    assert [code(answer) for answer in answers] == [REFUSED] * 2
    assert await SocialAccount.all().count() == 1


@pytest.mark.fault("I13")
@pytest.mark.parametrize(
    "changes",
    [
        {"signature": "AAAA"},
        {"signature": ""},
        {"clientId": "another-client"},
        {"timestamp": "1735787045"},
        {"encryptUniqueId": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
)
async def test_a_wrong_signature_ends_nothing(client: httpx.AsyncClient, changes: dict[str, str]) -> None:
    await social.signed_in(client, "naver", "haneul")
    (link,) = await SocialAccount.all()

    answer = await client.post(NAVER, data={**naver_form(link.subject), **changes})
    with_another_secret = await client.post(NAVER, data=naver_form(link.subject, secret="other"))

    assert [code(answer), code(with_another_secret)] == [REFUSED] * 2
    assert await SocialAccount.all().count() == 1


async def test_a_signed_message_that_names_nobody_is_refused(client: httpx.AsyncClient) -> None:
    """The example of the vendor's page: the signature is right, the id is an IV alone."""
    signature = "7zRRzgJ3QRK7sbRLci1fDvMOB5AtOmwGyjO7c5uYuZA"
    form = {
        "clientId": "naver-client-example",
        "encryptUniqueId": "AAAAAAAAAAAAAAAAAAAAAA",
        "timestamp": "1735787045",
        "signature": signature,
    }
    chosen = SocialSettings(naver_client_id="naver-client-example", naver_client_secret="naver-secret-example")

    with use(replace(settings(), social=chosen)):
        answer = await client.post(NAVER, data=form)

    assert code(answer) == REFUSED


@pytest.mark.fault("I13")
async def test_a_message_from_before_the_link_ends_nothing(client: httpx.AsyncClient) -> None:
    await social.signed_in(client, "naver", "haneul")
    (link,) = await SocialAccount.all()
    before = int((link.linked_at - timedelta(seconds=60)).timestamp())

    late = await client.post(NAVER, data=naver_form(link.subject, at=before))
    kept = await SocialAccount.all().count()
    now = await client.post(NAVER, data=naver_form(link.subject))

    assert (late.status_code, now.status_code) == (204, 204)
    assert (kept, await SocialAccount.all().count()) == (1, 0)


@pytest.mark.parametrize(("path", "off"), [(KAKAO, {"kakao_admin_key": ""}), (NAVER, {"naver_client_secret": ""})])
async def test_where_the_key_is_not_set_there_is_no_such_address(
    client: httpx.AsyncClient, shop_settings: Settings, path: str, off: dict[str, Any]
) -> None:
    with use(replace(shop_settings, social=SocialSettings(**off))):
        answer = await client.post(path, data=kakao_form("1"), headers={"Authorization": "KakaoAK"})

    assert code(answer) == (404, "OAUTH_PROVIDER_NOT_FOUND")


@pytest.mark.fault("I13")
async def test_who_is_left_without_a_way_in_keeps_the_orders_and_gets_one(client: httpx.AsyncClient) -> None:
    person = await social.new_person(client)
    email = f"{person}@gmail.com"
    headers = await social.signed_in(client, "kakao", person)
    (variant,) = await variants_of(await make_product(stock=9))
    placed = await place(client, (variant.id, 1), headers=headers)

    await disconnect(client, "kakao", person)
    token = await token_at(client, email)
    assert (await set_password(client, token, "Fresh!6789")).status_code == 204

    answer = await sign_in(client, email, "Fresh!6789")
    assert answer.status_code == 200, answer.text
    mine = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert (await client.get(f"{API}/orders/{placed.order_no}", headers=mine)).status_code == 200


async def test_the_way_in_can_be_asked_for_again(client: httpx.AsyncClient) -> None:
    person = await social.new_person(client)
    email = f"{person}@gmail.com"
    await social.signed_in(client, "kakao", person)
    await disconnect(client, "kakao", person)
    first = await token_at(client, email)

    asked = await client.post(f"{API}/auth/password-reset", json={"login_id": email.upper(), "name": "누구든"})
    second = await token_at(client, email)

    assert (asked.status_code, first == second) == (202, False)
    assert code(await set_password(client, first)) == (400, "RESET_TOKEN_INVALID")
    body = {"token": second, "new_password": "Fresh!6789", "login_id": "new.start"}
    assert (await client.post(f"{API}/auth/password-reset/confirm", json=body)).status_code == 204
    assert (await sign_in(client, "new.start", "Fresh!6789")).status_code == 200


@pytest.mark.fault("I13")
async def test_who_has_a_proved_phone_only_chooses_a_login_id(client: httpx.AsyncClient) -> None:
    person, phone = await social.new_person(client), new_phone()
    headers = await social.signed_in(client, "naver", person)
    proof = {"phone": phone, "verification_id": await confirmed(client, phone, purpose="change_contact")}
    assert (await client.post(f"{API}/me/contact", json=proof, headers=headers)).status_code == 200
    taken = await make_member()

    await disconnect(client, "naver", person)
    token = await token_at(client, phone)
    answers = [
        await client.post(
            f"{API}/auth/password-reset/confirm",
            json={"token": token, "new_password": "Fresh!6789", **({"login_id": login_id} if login_id else {})},
        )
        for login_id in (None, taken.login_id, "new.start")
    ]

    assert [answer.status_code for answer in answers] == [422, 409, 204]
    assert [code(answer)[1] for answer in answers[:2]] == ["LOGIN_ID_REQUIRED", "LOGIN_ID_TAKEN"]
    assert (await sign_in(client, "new.start", "Fresh!6789")).status_code == 200


async def test_who_has_another_way_in_gets_no_link(client: httpx.AsyncClient) -> None:
    person = await social.new_person(client)
    headers = await social.signed_in(client, "kakao", person)
    await social.link(client, "google", person, headers)

    await disconnect(client, "kakao", person)

    bodies = [item["body"] for item in await inbox(client, f"{person}@gmail.com")]
    assert [body for body in bodies if "reset-password" in body] == []
    assert (await User.get()).way_in_lost_at is None
