"""Redis out of reach, and a member who is signed in."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import httpx
import pytest

from src.app.user.models import User
from src.core import redis as store
from src.core.configs import Settings
from src.core.configs.groups import RedisSettings
from tests.app.auth.support import sign_in
from tests.conftest import free_port
from tests.factories.people import make_member


@dataclass(frozen=True)
class SignedIn:
    """A member and the tokens of one session."""

    member: User
    access: str
    refresh: str

    @property
    def headers(self) -> dict[str, str]:
        """For the requests of the session."""
        return {"Authorization": f"Bearer {self.access}"}


@pytest.fixture
async def minji(client: httpx.AsyncClient) -> SignedIn:
    """A member with one session."""
    member = await make_member(login_id="minji.kim", email="minji@example.com")
    answer = await sign_in(client, "minji.kim")
    return SignedIn(member, answer.json()["access_token"], answer.cookies["refresh_token"])


@pytest.fixture
async def redis_is_away(client: httpx.AsyncClient, shop_settings: Settings) -> AsyncIterator[None]:
    """Nobody listens where the shop looks for Redis."""
    before = store._client
    store.open_redis(replace(shop_settings, redis=RedisSettings(url=f"redis://127.0.0.1:{free_port()}/0")))
    yield
    await store.close_redis()
    store._client = before
