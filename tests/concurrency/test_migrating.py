"""Migrating as a step of its own: with ``MIGRATE_AT_START=false`` nobody is ready, and nothing is touched, before
it."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import API, ROOT, Shop, needs_servers, until, within

pytestmark = needs_servers


@pytest.fixture
def database(empty_database: Database) -> Database:
    """Not migrated: the shops do that here."""
    return empty_database


@within(240)
async def test_a_release_that_comes_before_its_migrations_takes_no_requests(database: Database, tmp_path: Path) -> None:
    with any_redis(tmp_path / "redis") as cache:
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache, "MIGRATE_AT_START": "false"}
        shop = Shop(address, tmp_path / "state")
        try:
            async with shop.client() as client:
                assert await until(lambda: asyncio.to_thread(shop.accepts))

                async def answers() -> httpx.Response:
                    return await client.get("/health/ready")

                early = await answers()
                tables = await database.rows("SHOW TABLES")
                migrated = await asyncio.to_thread(migrate, address)
                await shop.ready()
                after = await answers()
                listed = await client.get(f"{API}/products")
            shop.terminate()
            assert await shop.ended() == 0
        finally:
            shop.kill()

    assert (early.status_code, early.json()) == (503, {"status": "unavailable", "failing": ["migrations"]})
    assert tables == []
    assert migrated == "ok: the schema is that of this code"
    assert (after.status_code, after.json()["status"]) == (200, "ok")
    assert (listed.status_code, listed.json()["items"]) == (200, [])  # the demo shop is a step of its own, too


def migrate(address: dict[str, str]) -> str:
    """What the command says last."""
    done = subprocess.run(
        [sys.executable, "-m", "src.cli", "migrate"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **address},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip().splitlines()[-1]
