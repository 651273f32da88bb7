"""A signed-in member, and hooks as the user domain has them without upper domains."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from src.app.user.models import User
from src.app.user.services import hooks
from src.app.user.services.admin import changes
from src.core.database import unit_of_work
from tests.factories.people import bearer, make_member

API = "/api/v1"


@dataclass(frozen=True)
class SignedIn:
    """A member and a client that speaks for the member."""

    member: User
    client: httpx.AsyncClient
    headers: dict[str, str]

    async def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """One request of the member."""
        return await self.client.request(method, f"{API}{path}", json=body, headers=self.headers)


async def sign_in(client: httpx.AsyncClient, member: User) -> SignedIn:
    """The member with a session."""
    return SignedIn(member, client, await bearer(client, member))


@pytest.fixture
async def minji(client: httpx.AsyncClient) -> SignedIn:
    """A member with a session."""
    return await sign_in(client, await make_member(login_id="minji.kim", email="minji@example.com"))


@pytest.fixture
async def other(client: httpx.AsyncClient) -> SignedIn:
    """Somebody else with a session."""
    return await sign_in(client, await make_member(login_id="other.one"))


@pytest.fixture(autouse=True)
def own_hooks() -> Iterator[None]:
    """No hook is registered, and what main registered comes back."""
    kept = dict(hooks._withdrawal_checks), hooks._reauthentication, hooks._contact_verifier
    hooks._withdrawal_checks.clear()
    hooks.register_reauthentication(None)
    hooks.register_contact_verifier(None)
    yield
    hooks._withdrawal_checks.clear()
    hooks._withdrawal_checks.update(kept[0])
    hooks.register_reauthentication(kept[1])
    hooks.register_contact_verifier(kept[2])


async def set_suspended(member: User, suspended: bool) -> int:
    """What the back-office does to the row; the epoch afterwards."""

    async def write() -> int:
        user = await changes.lock(member.id)
        assert user is not None
        await changes.set_standing(user, suspended=suspended, grade=None)
        epoch: int = user.session_epoch
        return epoch

    return await unit_of_work(write)


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem."""
    return answer.status_code, answer.json()["code"]


def fields(answer: httpx.Response) -> list[str]:
    """The fields that a 422 names."""
    assert code(answer) == (422, "VALIDATION_ERROR"), answer.text
    return [problem["field"] for problem in answer.json()["errors"]]
