"""Signing in through Kakao, Naver and Google, against the sandbox's real wire shapes."""

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from src.app.auth.models import SocialAccount
from src.app.auth.services.social.joining import usual_name
from src.app.auth.services.social.queries import providers_of
from src.app.user.models import Consent, User, UserStatus
from tests.app.auth.social.support import PROVIDERS, authorize, finish, new_person, returned, rows, sign_in, signed_in
from tests.app.auth.support import API, code, me, refresh
from tests.factories.people import make_member

TAKEN = (409, "EMAIL_BELONGS_TO_ANOTHER_LOGIN")


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_the_first_sign_in_makes_a_member(client: httpx.AsyncClient, provider: str) -> None:
    answer = await sign_in(client, provider, query={"return_to": "/cart?step=2"})

    assert answer.status_code == 200, answer.text
    body = answer.json()
    token = body.pop("access_token")
    assert body == {
        "token_type": "Bearer",
        "expires_in": 600,
        "is_new": True,
        "return_to": "/cart?step=2",
        "consents_required": ["terms", "privacy"],
    }
    account = (await me(client, token)).json()
    vouched = None if provider == "naver" else "haneul.kim@gmail.com"
    assert (account["name"], account["login_id"], account["email"]) == ("김하늘", None, vouched)
    assert account["consents_required"] == ["terms", "privacy"]
    assert not await Consent.exists(), "what a provider asked for was its own"
    assert await rows() == [(provider, account["id"])]
    assert (await refresh(client, answer.cookies["refresh_token"])).status_code == 200


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_the_next_sign_in_is_of_the_same_member(client: httpx.AsyncClient, provider: str) -> None:
    first, second = await sign_in(client, provider), await sign_in(client, provider)

    assert [answer.json()["is_new"] for answer in (first, second)] == [True, False]
    assert second.json()["return_to"] is None
    ids = {(await me(client, answer.json()["access_token"])).json()["id"] for answer in (first, second)}
    assert len(ids) == 1
    assert await User.all().count() == 1


async def test_people_are_known_by_their_subject_as_text(client: httpx.AsyncClient) -> None:
    # One above 2^53, and the largest number of 64 bits.
    assert (await sign_in(client, "kakao", "bora")).status_code == 200
    assert (await sign_in(client, "kakao", "doyun")).status_code == 200

    subjects = [row.subject for row in await SocialAccount.all().order_by("id")]
    assert subjects == ["9007199254740993", "9223372036854775807"]


@pytest.mark.parametrize(
    ("provider", "person", "own"),
    [
        ("kakao", "haneul", "haneul.kim@gmail.com"),
        ("kakao", "doyun", "doyun.yoon@mail.example"),
        ("kakao", "bora", None),  # did not consent
        ("kakao", "minjun", None),  # has none
        ("kakao", "seoyeon", None),  # not verified
        ("kakao", "jiho", None),  # no longer valid
        ("naver", "haneul", None),  # never vouched for
        ("google", "haneul", "haneul.kim@gmail.com"),
        ("google", "yuna-workspace", "yuna.han@golf.example"),
        ("google", "doyun", None),  # verified, but neither gmail.com nor hd
        ("google", "seoyeon", None),
        ("google", "minjun", None),
    ],
)
async def test_the_member_gets_only_an_address_that_the_provider_vouches_for(
    client: httpx.AsyncClient, provider: str, person: str, own: str | None
) -> None:
    answer = await sign_in(client, provider, person)

    assert answer.status_code == 200, answer.text
    assert (await me(client, answer.json()["access_token"])).json()["email"] == own


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("person", ["demo-verified", "demo-unverified", "demo-workspace"])
async def test_an_address_of_another_login_never_opens_it(
    client: httpx.AsyncClient, provider: str, person: str
) -> None:
    member = await make_member(login_id="demo", email="demo@example.com")

    answer = await sign_in(client, provider, person)

    assert code(answer) == TAKEN
    assert "access_token" not in answer.text
    assert "refresh_token" not in answer.cookies
    assert await rows() == []
    assert await User.all().values_list("id", flat=True) == [member.id]


async def test_the_second_provider_with_the_same_address_is_not_merged(client: httpx.AsyncClient) -> None:
    await signed_in(client, "kakao", "haneul")

    assert code(await sign_in(client, "google", "haneul")) == TAKEN
    assert await User.all().count() == 1


async def test_the_nickname_becomes_a_name(client: httpx.AsyncClient) -> None:
    await signed_in(client, "kakao", "minjun")

    assert (await User.get()).name == "박민준"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("준🏌️", "준"),
        ("🏌️🏌️", "회원"),
        ("", "회원"),
        ("  가\x00나\u202e ", "가나"),
        ("x" * 80, "x" * 50),
        ("\u1100\u1161", "가"),
        ("O'Neil-Kim", "O'Neil-Kim"),
        ("<b>하늘</b>", "b하늘b"),
    ],
)
def test_names_are_made_of_what_names_are_made_of(told: str, name: str) -> None:
    assert usual_name(told) == name


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_simultaneous_first_sign_ins_make_one_member(client: httpx.AsyncClient, provider: str) -> None:
    async def one() -> httpx.Response:
        async with httpx.AsyncClient(base_url=client.base_url, timeout=30, trust_env=False) as other:
            return await sign_in(other, provider)

    answers = await asyncio.gather(*[one() for _ in range(6)])

    assert [answer.status_code for answer in answers] == [200] * 6
    assert sorted(answer.json()["is_new"] for answer in answers) == [False] * 5 + [True]
    assert await User.all().count() == 1
    assert len(await rows()) == 1


async def test_a_suspended_member_is_told_so(client: httpx.AsyncClient) -> None:
    await signed_in(client, "kakao")
    await User.all().update(status=UserStatus.SUSPENDED)

    assert code(await sign_in(client, "kakao")) == (403, "ACCOUNT_SUSPENDED")
    assert len(await rows()) == 1


async def test_a_member_on_the_way_out_may_come_back(client: httpx.AsyncClient) -> None:
    await signed_in(client, "kakao")
    await User.all().update(status=UserStatus.WITHDRAWING)

    assert (await sign_in(client, "kakao")).json()["is_new"] is False


async def test_who_has_left_comes_back_as_somebody_new(client: httpx.AsyncClient) -> None:
    # The event of leaving has not been worked off yet.
    await signed_in(client, "kakao")
    await User.all().update(status=UserStatus.WITHDRAWN, email=None, name="")

    answer = await sign_in(client, "kakao")

    assert answer.json()["is_new"] is True
    newest = await User.all().order_by("-id").first()
    assert newest is not None
    assert await rows() == [("kakao", newest.id)]


async def test_what_is_kept_of_a_token_cannot_be_read(client: httpx.AsyncClient) -> None:
    for provider, person in (("kakao", "bora"), ("naver", "minjun"), ("google", await new_person(client))):
        await signed_in(client, provider, person)

    kept = dict(await SocialAccount.all().values_list("provider", "refresh_token"))
    assert kept["kakao"] is None  # the admin key unlinks
    assert all(kept[provider].startswith("gAAAA") for provider in ("naver", "google"))


async def test_a_sign_in_without_a_refresh_token_keeps_the_old_one(client: httpx.AsyncClient) -> None:
    person = await new_person(client)
    await signed_in(client, "google", person)
    before = (await SocialAccount.get()).refresh_token
    await signed_in(client, "google", person)  # Google gives one at the first consent only

    assert before is not None
    assert (await SocialAccount.get()).refresh_token == before


async def test_providers_are_listed_for_each_member(client: httpx.AsyncClient) -> None:
    await signed_in(client, "naver")
    user = await User.get()

    assert await providers_of([user.id, user.id + 1]) == {user.id: ["naver"], user.id + 1: []}
    assert await providers_of([]) == {}


async def test_the_authorize_address_says_what_each_provider_wants(client: httpx.AsyncClient) -> None:
    asked: dict[str, dict[str, str]] = {}
    for provider in PROVIDERS:
        answer = (await authorize(client, provider)).json()
        url = urlsplit(answer["authorize_url"])
        asked[provider] = {name: values[0] for name, values in parse_qs(url.query).items()}
        assert asked[provider]["state"] == answer["state"]
        assert len(answer["state"]) == 43  # 256 bits
        assert asked[provider]["redirect_uri"] == f"http://localhost:5173/oauth/{provider}/callback"
        assert asked[provider]["response_type"] == "code"
        assert "secret" not in answer["authorize_url"]
    assert asked["kakao"].keys() >= {"nonce", "code_challenge"}
    assert "scope" not in asked["kakao"]
    assert asked["naver"].keys() == {"client_id", "redirect_uri", "response_type", "state"}
    assert asked["google"]["scope"] == "openid email profile"
    assert asked["google"]["code_challenge_method"] == "S256"
    assert asked["google"]["nonce"] != asked["kakao"]["nonce"]


async def test_nothing_secret_is_logged(client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    body = await returned(client, "kakao")
    assert (await finish(client, "kakao", body)).status_code == 200
    spent = {**body, "state": (await authorize(client, "kakao")).json()["state"]}
    assert code(await finish(client, "kakao", spent)) == (400, "OAUTH_CODE_INVALID")

    text = "\n".join(record.getMessage() for record in caplog.records)
    assert "KOE320" in text
    assert body["code"] not in text
    assert body["state"] not in text
    assert "authorization code not found" not in text


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"code": "c"},
        {"state": "s"},
        {"state": "", "code": "c"},
        {"state": "s", "code": ""},
        {"state": "s", "code": "c\n"},
        {"state": "s", "code": 1},
        {"state": "s" * 600, "code": "c"},
        {"state": ["s"], "code": "c"},
    ],
)
async def test_a_body_that_is_none_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert code(await finish(client, "kakao", body)) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("provider", ["apple", "KAKAO", "kakao%20", "__class__"])
async def test_an_unknown_provider_is_not_found(client: httpx.AsyncClient, provider: str, method: str) -> None:
    path = {"GET": f"/oauth/{provider}/authorize", "POST": f"/oauth/{provider}", "DELETE": f"/me/social/{provider}"}
    headers = await signed_in(client, "kakao")
    body = {"code": "c", "state": "s"} if method == "POST" else None

    answer = await client.request(method, f"{API}{path[method]}", json=body, headers=headers)

    assert code(answer) == (404, "OAUTH_PROVIDER_NOT_FOUND")
