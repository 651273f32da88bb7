"""What the tests of product sheets share."""

import httpx
import pytest

from tests.factories.catalogue import make_category
from tests.factories.people import staff_bearer


@pytest.fixture
async def headers(client: httpx.AsyncClient) -> dict[str, str]:
    """Staff who may do everything, in a shop with the category ``bags``."""
    await make_category("bags")
    return await staff_bearer(client)
