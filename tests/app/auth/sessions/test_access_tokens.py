"""Which Bearer headers open a member's routes, and which never do."""

import base64
import json
import socket

import httpx
import pytest

from src.app.auth.services.sessions.gate import SessionGate
from src.common.exceptions.general import InvalidToken
from src.core.redis import redis
from tests.app.auth.conftest import SignedIn
from tests.app.auth.support import API, code, forged, me, seconds_ago
from tests.factories.people import bearer, make_member, staff_bearer


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")  # of HS512, which is refused
async def test_forged_tokens_are_refused(client: httpx.AsyncClient, minji: SignedIn) -> None:
    head, body, signature = minji.access.split(".")
    other = await make_member()
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    swapped = base64.urlsafe_b64encode(json.dumps({**claims, "sub": str(other.id)}).encode()).rstrip(b"=").decode()
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    bad = {
        "alg none": forged({}, token=minji.access, key="", algorithm="none"),
        "alg none, old signature": f"{none}.{body}.{signature}",
        "no signature": f"{head}.{body}.",
        "other key": forged({}, token=minji.access, key="another-key-another-key-another-key"),
        "other algorithm": forged({}, token=minji.access, algorithm="HS512"),
        "tampered": f"{head}.{swapped}.{signature}",
        "expired": forged({"exp": seconds_ago(1)}, token=minji.access),
        "refresh token": minji.refresh,
        "other typ": forged({"typ": "guest"}, token=minji.access),
        "other issuer": forged({"iss": "somebody"}, token=minji.access),
        "other session": forged({"sid": "A" * 22}, token=minji.access),
        "other member": forged({"sub": str(other.id)}, token=minji.access),
        "staff": forged({"kind": "staff"}, token=minji.access),
        "key injection": forged({"sid": "x:y*"}, token=minji.access),
        "sub of no number": forged({"sub": "1 OR 1=1"}, token=minji.access),
        "of staff": forged({"aud": "micgolf-shop/staff"}, token=minji.access),
        "of another service": forged({"aud": "somebody-else"}, token=minji.access),
        # Tokens had no `aud` once, and those of before count until they end.
        **{f"no {claim}": forged({claim: None}, token=minji.access) for claim in claims if claim != "aud"},
    }

    answers = {name: await me(client, token) for name, token in bad.items()}

    assert {name: code(answer) for name, answer in answers.items()} == dict.fromkeys(bad, (401, "INVALID_TOKEN"))
    assert {answer.headers["WWW-Authenticate"] for answer in answers.values()} == {"Bearer"}
    assert (await me(client, minji.access)).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer x",
        "Bearer x.y.z",
        "Bearer a.b.c d.e.f",
        "Bearer ..",
        "Bearer =.=.=",
        "Basic x",
        "Basic dXNlcjpwYXNz",
        "Token x.y.z",
        "é",
        "Bearer é.é.é",
        "Bearer " + "a" * 50_000,
        "Bearer " + ".".join(["W1tb" * 500] * 3),
        "Bearer eyJhbGciOlsiSFMyNTYiXX0.e30.AAAA",
        "Bearer null.null.null",
    ],
)
async def test_a_header_that_is_no_token_is_401(client: httpx.AsyncClient, header: str) -> None:
    answer = await client.get(f"{API}/me", headers=httpx.Headers([(b"Authorization", header.encode())]))

    assert code(answer) == (401, "INVALID_TOKEN")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", [" ", "Bearer ", "Bearer " + "a" * 100_000, "Bearer \udc80", "Bearer \x00", "Bearer 가.나.다"]
)
async def test_a_header_of_any_size_and_alphabet_is_an_invalid_token(header: str) -> None:
    with pytest.raises(InvalidToken):
        await SessionGate().member(header)


async def test_the_scheme_is_read_in_any_case(client: httpx.AsyncClient, minji: SignedIn) -> None:
    answer = await client.get(f"{API}/me", headers={"Authorization": f"bEARER  {minji.access}"})

    assert answer.status_code == 200


async def test_no_header_is_not_signed_in(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/me")

    assert code(answer) == (401, "NOT_AUTHENTICATED")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_a_session_lost_with_redis_is_a_dead_token(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await redis().flushdb()

    assert code(await me(client, minji.access)) == (401, "INVALID_TOKEN")


async def test_with_redis_away_a_good_token_is_503_and_a_bad_one_still_401(
    client: httpx.AsyncClient, minji: SignedIn, redis_is_away: None
) -> None:
    answer = await me(client, minji.access)

    assert code(answer) == (503, "SESSION_STORE_UNAVAILABLE")
    assert answer.headers["Retry-After"] == "2"
    assert code(await me(client, "x.y.z")) == (401, "INVALID_TOKEN")
    assert (await client.get(f"{API}/auth/availability?login_id=free.id")).status_code == 200


async def test_a_redis_that_never_answers_is_503(
    client: httpx.AsyncClient, minji: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redis.asyncio import Redis
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    from src.core import redis as store

    with socket.create_server(("127.0.0.1", 0)) as silent:
        slow = Redis(port=silent.getsockname()[1], socket_timeout=0.1, retry=Retry(NoBackoff(), 0))
        monkeypatch.setattr(store, "_client", slow)
        answer = await me(client, minji.access)
        await slow.aclose()

    assert code(answer) == (503, "SESSION_STORE_UNAVAILABLE")


async def test_staff_are_no_members_and_members_no_staff(client: httpx.AsyncClient) -> None:
    staff, member = await staff_bearer(client), await bearer(client)

    assert code(await client.get(f"{API}/me", headers=staff)) == (403, "FORBIDDEN")
    assert code(await client.post(f"{API}/auth/sign-out-all", headers=staff)) == (403, "FORBIDDEN")
    assert code(await client.post(f"{API}/admin/auth/sign-out", headers=member)) == (403, "FORBIDDEN")
    assert (await client.get(f"{API}/me", headers=member)).status_code == 200
