"""Shared fixtures of the concurrency tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.concurrency.servers import Database, any_redis, new_database
from tests.concurrency.support import NO_ACCOUNTS, Shop, running


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    """A database for one test, with the schema of this code and no rows."""
    async with new_database() as made:
        yield made


@pytest.fixture
async def empty_database() -> AsyncIterator[Database]:
    """A database for one test that is not migrated yet."""
    async with new_database(is_empty=True) as made:
        yield made


@pytest.fixture(scope="session")
async def calm(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Shop, Database]]:
    """A shop with two workers for tests that break nothing. Each test uses its own variants."""
    folder: Path = tmp_path_factory.mktemp("calm")
    with any_redis(folder / "redis") as cache:
        async with (
            new_database() as database,
            running({"DATABASE_URL": database.url, "REDIS_URL": cache, **NO_ACCOUNTS}, folder / "state") as shop,
        ):
            yield shop, database
