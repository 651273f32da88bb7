"""Signing keys are changed while sessions live: tokens name their key, and old ones are accepted as long as listed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

import httpx
import jwt
import pytest

from src.app.auth.services.sessions.tokens import key_id
from src.core.configs import Settings, settings, use
from tests.app.auth.conftest import SignedIn
from tests.app.auth.support import code, me, refresh, sign_in

NEW = "a-new-secret-of-more-than-32-characters-1"
NEWER = "a-new-secret-of-more-than-32-characters-2"


def keyed(chosen: Settings, secret: str, *old: str) -> AbstractContextManager[None]:
    """The shop signs with `secret` and still accepts the old ones."""

    @contextmanager
    def switched() -> Iterator[None]:
        security = chosen.security.model_copy(update={"jwt_secret": secret, "old_jwt_secrets": old})
        with use(replace(chosen, security=security)):
            yield

    return switched()


def kid_of(token: str) -> str:
    kid: str = jwt.get_unverified_header(token)["kid"]
    return kid


@pytest.fixture
def former(minji: SignedIn) -> str:
    """The key that minji's tokens were signed with."""
    return settings().security.jwt_secret


async def test_a_session_goes_on_over_a_change_of_the_key(
    client: httpx.AsyncClient, minji: SignedIn, shop_settings: Settings, former: str
) -> None:
    assert kid_of(minji.access) == kid_of(minji.refresh) == key_id(former)

    with keyed(shop_settings, NEW, former):
        assert (await me(client, minji.access)).status_code == 200
        answer = await refresh(client, minji.refresh)
        assert kid_of(answer.json()["access_token"]) == kid_of(answer.cookies["refresh_token"]) == key_id(NEW)
    with keyed(shop_settings, NEW):  # the old key is dropped once its tokens are over
        assert (await me(client, answer.json()["access_token"])).status_code == 200
        assert (await refresh(client, answer.cookies["refresh_token"])).status_code == 200


async def test_a_key_that_is_dropped_opens_nothing_at_once(
    client: httpx.AsyncClient, minji: SignedIn, shop_settings: Settings, former: str
) -> None:
    assert (await me(client, minji.access)).status_code == 200

    with keyed(shop_settings, NEW):
        assert code(await me(client, minji.access)) == (401, "INVALID_TOKEN")
        assert code(await refresh(client, minji.refresh)) == (401, "INVALID_TOKEN")
    assert (await me(client, minji.access)).status_code == 200


async def test_several_old_keys_are_accepted(
    client: httpx.AsyncClient, minji: SignedIn, shop_settings: Settings, former: str
) -> None:
    with keyed(shop_settings, NEW, former):
        second = await sign_in(client, "minji.kim")
    with keyed(shop_settings, NEWER, NEW, former):
        for token in (minji.access, second.json()["access_token"]):
            assert (await me(client, token)).status_code == 200


async def test_a_token_that_names_another_key_than_signed_it_is_refused(
    client: httpx.AsyncClient, minji: SignedIn, shop_settings: Settings, former: str
) -> None:
    claims = jwt.decode(minji.access, options={"verify_signature": False})
    with keyed(shop_settings, NEW, former):
        for named, key in ((former, NEW), (NEW, former), ("nobody", NEW), (NEW, "another-key-another-key-another-key")):
            token = jwt.encode(claims, key, algorithm="HS256", headers={"kid": key_id(named)})
            assert code(await me(client, token)) == (401, "INVALID_TOKEN")
        for kid in ("", "../../etc/passwd", "x" * 500):
            token = jwt.encode(claims, NEW, algorithm="HS256", headers={"kid": kid})
            assert code(await me(client, token)) == (401, "INVALID_TOKEN")
        without = jwt.encode(claims, NEW, algorithm="HS256")
        assert code(await me(client, without)) == (401, "INVALID_TOKEN")


def test_the_name_of_a_key_tells_nothing_of_it() -> None:
    assert key_id(NEW) != key_id(NEWER)
    assert len(key_id(NEW)) == 12
    assert key_id(NEW) not in NEW
