"""What the tests over HTTP begin with."""

from collections.abc import Iterator

import httpx
import pytest

from tests.app.outbound.support import Receivers, sending_by
from tests.app.staff.people import headers_with


@pytest.fixture
def receivers(client: httpx.AsyncClient) -> Iterator[Receivers]:
    """What the shop sends to, instead of the wire."""
    found = Receivers()
    with sending_by(found):
        yield found


@pytest.fixture
async def headers(client: httpx.AsyncClient, receivers: Receivers) -> dict[str, str]:
    """Of staff who may see and manage webhooks, and no more."""
    return await headers_with(client, "webhook:read", "webhook:write")
